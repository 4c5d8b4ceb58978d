-- A new store: GeoPackage 1.3's own tables, then OneMap's. docs/store-format.md describes them.

PRAGMA application_id = 1196444487; -- 'GPKG'
PRAGMA user_version = 10300;

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);

INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');

CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- What a release of OneMap must know to read the rest.
CREATE TABLE onemap_format (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    version INTEGER NOT NULL
);

-- Every import that stands, one row a revision.
CREATE TABLE onemap_revision (
    revision INTEGER PRIMARY KEY,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    layer TEXT NOT NULL,
    read INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    areas INTEGER -- of its coverage; NULL: no coverage was given
);
CREATE INDEX onemap_revision_of_layer ON onemap_revision (layer, revision);

-- The files it rests on.
CREATE TABLE onemap_revision_file (
    revision INTEGER NOT NULL REFERENCES onemap_revision (revision),
    place INTEGER NOT NULL,
    shown TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (revision, place)
) WITHOUT ROWID;

-- What was looked at: an area (GeoPackage binary, degrees) a row.
CREATE TABLE onemap_coverage (
    layer TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES onemap_revision (revision),
    place INTEGER NOT NULL,
    surveyed TEXT NOT NULL,
    geom BLOB NOT NULL,
    PRIMARY KEY (revision, place)
);

-- `gdal_aspatial` is GDAL's word for "only what gpkg_contents names is a layer": without it, or a
-- layer that is a table, GDAL lists every table of this file. The others say whose the rest are.
INSERT INTO gpkg_extensions VALUES
    (NULL, NULL, 'gdal_aspatial', 'http://gdal.org/geopackage_aspatial.html', 'read-write'),
    ('onemap_format', NULL, 'onemap_revisions', 'docs/store-format.md of OneMap', 'write-only'),
    ('onemap_revision', NULL, 'onemap_revisions', 'docs/store-format.md of OneMap', 'write-only'),
    ('onemap_revision_file', NULL, 'onemap_revisions', 'docs/store-format.md of OneMap', 'write-only'),
    ('onemap_coverage', NULL, 'onemap_revisions', 'docs/store-format.md of OneMap', 'write-only');

-- A data type that no other program knows keeps our tables out of every list of layers, also where
-- a program (QGIS) asks GDAL for all tables, registered or not.
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
SELECT table_name, 'onemap', table_name, NULL FROM gpkg_extensions
WHERE extension_name = 'onemap_revisions';
