"""Names of continents, countries and their parts as announcements in English write them.

The codes of the parts are GeoNames' admin1 codes.
"""

CONTINENTS = [
    ("AF", "Africa", []),
    ("AN", "Antarctica", []),
    ("AS", "Asia", []),
    ("EU", "Europe", []),
    ("NA", "North America", []),
    ("OC", "Oceania", []),
    ("SA", "South America", ["Latin America"]),
]

ALIASES = {
    "AE": ["UAE"],
    "BA": ["Bosnia"],
    "CD": ["DRC", "Congo-Kinshasa"],
    "CI": ["Ivory Coast", "Côte d'Ivoire"],
    "CV": ["Cape Verde"],
    "CZ": ["Czech Republic"],
    "DE": ["Deutschland"],
    "ES": ["España"],
    "GB": ["UK", "U.K.", "Great Britain", "Britain"],
    "IR": ["Islamic Republic of Iran"],
    "KP": ["North Korea"],
    "KR": ["Korea", "South Korea", "Republic of Korea"],
    "MK": ["Macedonia"],
    "MM": ["Burma"],
    "NL": ["Holland", "Netherlands"],
    "PS": ["Palestine"],
    "RU": ["Russian Federation"],
    "SZ": ["Swaziland"],
    "TL": ["East Timor"],
    "TR": ["Turkey", "Türkiye"],
    "TW": ["Republic of China"],
    "US": ["USA", "U.S.A.", "U.S.", "United States of America"],
    "VA": ["Vatican City", "Holy See"],
    "VN": ["Viet Nam"],
}


def parts(text):
    """`code Name|Other` lines to (code, name, other names)."""
    rows = []
    for line in text.strip().splitlines():
        code, names = line.strip().split(" ", 1)
        name, *others = names.split("|")
        rows.append((code, name, others))
    return rows


REGIONS = {
    "AT": parts("""
        01 Burgenland
        02 Carinthia|Kärnten
        03 Lower Austria|Niederösterreich
        04 Upper Austria|Oberösterreich
        06 Styria|Steiermark
        07 Tyrol|Tirol
        08 Vorarlberg"""),
    "AU": parts("""
        01 Australian Capital Territory|ACT
        02 New South Wales|NSW
        03 Northern Territory
        04 Queensland|QLD
        05 South Australia
        06 Tasmania|TAS
        07 Victoria|VIC
        08 Western Australia"""),
    "BE": parts("""
        VLG Flanders|Vlaanderen
        WAL Wallonia|Wallonie"""),
    "CA": parts("""
        01 Alberta|AB
        02 British Columbia|BC|B.C.
        03 Manitoba|MB
        04 New Brunswick|NB
        05 Newfoundland and Labrador|Newfoundland
        07 Nova Scotia|NS
        08 Ontario|ON
        09 Prince Edward Island|PEI
        10 Quebec|Québec|QC
        11 Saskatchewan|SK
        12 Yukon
        13 Northwest Territories"""),
    "CH": parts("""
        AG Aargau
        BE Canton of Bern
        GE Canton of Geneva
        GR Graubünden|Grisons
        TG Thurgau
        TI Ticino
        VD Vaud
        VS Valais|Wallis
        ZH Canton of Zurich"""),
    "DE": parts("""
        01 Baden-Württemberg
        02 Bavaria|Bayern
        05 Hesse|Hessen
        06 Lower Saxony|Niedersachsen
        07 North Rhine-Westphalia|Nordrhein-Westfalen|NRW
        08 Rhineland-Palatinate|Rheinland-Pfalz
        09 Saarland
        10 Schleswig-Holstein
        11 Brandenburg
        12 Mecklenburg-Vorpommern
        13 Saxony|Sachsen
        14 Saxony-Anhalt|Sachsen-Anhalt
        15 Thuringia|Thüringen"""),
    "ES": parts("""
        34 Asturias
        51 Andalusia|Andalucía
        52 Aragon|Aragón
        56 Catalonia|Catalunya|Cataluña
        58 Galicia
        59 Basque Country|País Vasco"""),
    "FR": parts("""
        11 Île-de-France
        28 Normandy|Normandie
        53 Brittany|Bretagne
        75 Nouvelle-Aquitaine
        76 Occitanie
        93 Provence
        94 Corsica|Corse"""),
    "GB": parts("""
        ENG England
        NIR Northern Ireland
        SCT Scotland
        WLS Wales"""),
    "IN": parts("""
        02 Andhra Pradesh
        03 Assam
        09 Gujarat
        10 Haryana
        13 Kerala
        16 Maharashtra
        19 Karnataka
        21 Odisha
        23 Punjab
        24 Rajasthan
        25 Tamil Nadu
        28 West Bengal
        34 Bihar
        35 Madhya Pradesh
        36 Uttar Pradesh
        40 Telangana"""),
    "IT": parts("""
        04 Campania
        05 Emilia-Romagna
        07 Lazio
        08 Liguria
        09 Lombardy|Lombardia
        12 Piedmont|Piemonte
        13 Apulia|Puglia
        14 Sardinia|Sardegna
        15 Sicily|Sicilia
        16 Tuscany|Toscana
        18 Umbria
        20 Veneto"""),
    "ZA": parts("""
        02 KwaZulu-Natal
        05 Eastern Cape
        06 Gauteng
        11 Western Cape"""),
}
