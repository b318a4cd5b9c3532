#include "CGeoNames.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static const _Alignas(8) unsigned char cities[] = {
#embed "cities.bin"
};
#pragma clang diagnostic pop

const unsigned char *tidings_cities(size_t *size) {
    *size = sizeof cities;
    return cities;
}
