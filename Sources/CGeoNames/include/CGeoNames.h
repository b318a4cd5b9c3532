#pragma once
#include <stddef.h>

/// The data file `cities.bin`, made by `Deploy/cities/build.py` from GeoNames (CC BY 4.0, see ATTRIBUTION.md) and
/// carried inside the program: it costs no memory before a page of it is touched.
///
/// All numbers are little-endian; every section starts at a multiple of four bytes except the last one.
///
///     header   "TGN1", counts of keys, cities, regions and zones, offsets of the five sections below; 40 bytes
///     keys     { u32 string, u32 target }, sorted by the string's bytes; a key stands once for each of its targets.
///              target: bit 31 a region, bit 30 a name that is not the city's main one, else the number of the city
///     cities   { u32 geonameid, u32 population, i32 latitude, i32 longitude (1e-5 degrees), u32 name,
///                char country[2], u16 zone, u16 region or 0xFFFF, u16 0 }, the largest first; 28 bytes
///     regions  { u32 name, u8 kind (1 continent, 2 country, 3 part of a country), char country[2],
///                char continent[2], u8 0, char code[4], u16 0 }; 16 bytes
///     zones    { u32 string }
///     strings  a length in one byte, then UTF-8
const unsigned char *tidings_cities(size_t *size);
