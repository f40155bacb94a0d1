"""Files of other makers as rows: DATAtourisme, Apidae, Tourinsoft, Geotrek, OSM, KML and so on."""
