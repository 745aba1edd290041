-- The workspace, version 1. docs/workspace.md explains it to people.
-- Run once, in one transaction, on a new file that has SpatiaLite's metadata. A later version is a file in migrations/;
-- this one stays as it is.
--
-- Everywhere: geometry in WGS 84 (SRID 4326), longitude first; instants as ISO 8601 text in UTC
-- ('2016-05-28T06:00:00Z'); areas in hectares; unknown is NULL, never a magic number.

-- SpatiaLite's functions answer 0 instead of failing: this table turns a 0 into an error.
CREATE TEMP TABLE must_be_one (answer INTEGER NOT NULL CHECK (answer = 1));

-- ---------------------------------------------------------------------------------------------------------------------
-- Versions. PRAGMA user_version holds the same number as the last row.
CREATE TABLE schema_version (
  version INTEGER PRIMARY KEY CHECK (version >= 1),
  program TEXT NOT NULL                            -- Relevo's version that brought the file to it
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Imports: a layer by its name, and the files that were read into it (several after --append).
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,            -- stays when the layer is imported again
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  theme TEXT NOT NULL CHECK (theme IN ('hotspots', 'perimeters', 'active-fires', 'danger', 'smoke', 'earthquakes',
    'cyclones', 'flood', 'alerts', 'places', 'population', 'custom')),
  profile TEXT NOT NULL,                           -- id of the profile that recognised it; '' none
  is_raster INTEGER NOT NULL CHECK (is_raster IN (0, 1))
);

CREATE TABLE import_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  file TEXT NOT NULL,                              -- as given
  sha256 TEXT NOT NULL CHECK (sha256 = '' OR (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*')),
  source TEXT NOT NULL,                            -- URL or citation, as given
  as_of TEXT NOT NULL,                             -- when its content was current, as given; '' not known
  note TEXT NOT NULL,
  format TEXT NOT NULL,                            -- 'CSV', 'GeoJSON', 'GTiff', 'CAP', ...
  layer TEXT NOT NULL,                             -- name within the source
  crs TEXT NOT NULL,                               -- of the source: 'EPSG:3978'; '' none given
  columns TEXT NOT NULL CHECK (json_valid(columns)),    -- of the source, in its order
  field_of TEXT NOT NULL CHECK (json_valid(field_of)),  -- our field -> the source's column
  remarks TEXT NOT NULL CHECK (json_valid(remarks)),    -- [[code, value], ...]
  records_read INTEGER NOT NULL CHECK (records_read >= 0),
  records_kept INTEGER NOT NULL CHECK (records_kept >= 0),
  records_repaired INTEGER NOT NULL CHECK (records_repaired BETWEEN 0 AND records_kept),
  records_refused INTEGER NOT NULL CHECK (records_refused >= 0),
  records_known INTEGER NOT NULL CHECK (records_known BETWEEN 0 AND records_kept),  -- kept, and there before (--append)
  CHECK (records_read = records_kept + records_refused)
);
CREATE INDEX import_files_by_import ON import_files (import_id);

-- Why records were refused or repaired, and traps that were met.
CREATE TABLE import_reasons (
  file_id INTEGER NOT NULL REFERENCES import_files (id) ON DELETE CASCADE,
  code TEXT NOT NULL,                              -- docs/layers.md lists them
  records INTEGER NOT NULL CHECK (records >= 0),
  examples TEXT NOT NULL CHECK (json_valid(examples)),  -- the first records, as numbers
  PRIMARY KEY (file_id, code)
) WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- Features. `record` is where it stands in the source (line or feature number); `source_key` the source's own lasting
-- identifier, '' none; `attributes` every attribute as the source gives it, one JSON object. `attributes` of detections
-- is not checked by a constraint: a million of them are written at once by code that makes nothing but JSON.
CREATE TABLE detections (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  source_key TEXT NOT NULL,
  time TIMESTAMP,
  satellite TEXT NOT NULL,
  frp_mw REAL,                                     -- fire radiative power, MW
  confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
  attributes TEXT NOT NULL
);

CREATE TABLE perimeters (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  agency TEXT NOT NULL,                            -- as the source says
  time TIMESTAMP,
  area_ha REAL CHECK (area_ha >= 0),               -- as reported
  percent_contained REAL CHECK (percent_contained BETWEEN 0 AND 100),
  repaired INTEGER NOT NULL CHECK (repaired IN (0, 1)),
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
);
CREATE INDEX perimeters_by_key ON perimeters (import_id, source_key, time);

CREATE TABLE fires (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  agency TEXT NOT NULL,                            -- as the source says
  time TIMESTAMP,                                  -- of the report
  discovered TIMESTAMP,
  area_ha REAL CHECK (area_ha >= 0),
  percent_contained REAL CHECK (percent_contained BETWEEN 0 AND 100),
  stage_of_control TEXT NOT NULL,
  response_type TEXT NOT NULL,
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
);
CREATE INDEX fires_by_key ON fires (import_id, source_key, time);

CREATE TABLE places (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  admin1 TEXT NOT NULL,
  time TIMESTAMP,
  population INTEGER CHECK (population >= 0),
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
);
CREATE INDEX places_by_key ON places (import_id, source_key, time);

-- Everything else that has a place: one table per dimension, since GIS programs open a table as one kind of geometry.
-- Records without geometry (alerts that name areas by code) are in hazard_areas.
CREATE TABLE hazard_points (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  theme TEXT NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  time TIMESTAMP,
  until TIMESTAMP,
  strength REAL,             -- magnitude; wind, knots; smoke density 1..3; CAP severity 0..4; depth, m
  detail TEXT NOT NULL,
  retired_by TEXT,           -- key of the alert that cancelled or updated this one; NULL it stands
  repaired INTEGER NOT NULL CHECK (repaired IN (0, 1)),
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
);
CREATE INDEX hazard_points_by_key ON hazard_points (import_id, source_key, time);

CREATE TABLE hazard_lines (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  theme TEXT NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  time TIMESTAMP,
  until TIMESTAMP,
  strength REAL,
  detail TEXT NOT NULL,
  retired_by TEXT,
  repaired INTEGER NOT NULL CHECK (repaired IN (0, 1)),
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
);
CREATE INDEX hazard_lines_by_key ON hazard_lines (import_id, source_key, time);

CREATE TABLE hazard_areas (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  theme TEXT NOT NULL,
  source_key TEXT NOT NULL,
  name TEXT NOT NULL,
  time TIMESTAMP,
  until TIMESTAMP,
  strength REAL,
  detail TEXT NOT NULL,
  retired_by TEXT,
  repaired INTEGER NOT NULL CHECK (repaired IN (0, 1)),
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
);
CREATE INDEX hazard_areas_by_key ON hazard_areas (import_id, source_key, time);

-- Which alert ends which: from every Update and Cancel, whatever the order in which they come in.
CREATE TABLE alert_references (
  reference TEXT NOT NULL,                         -- key of the alert that is ended: 'sender,identifier,sent'
  retired_by TEXT NOT NULL,                        -- key of the Update or Cancel
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  PRIMARY KEY (reference, retired_by, import_id)
) WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- Rasters: the head with the footprint, and the pixels in tiles as they are in the source's own reference system.
CREATE TABLE rasters (
  fid INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  theme TEXT NOT NULL,
  variable TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width > 0),        -- pixels
  height INTEGER NOT NULL CHECK (height > 0),
  tile_width INTEGER NOT NULL CHECK (tile_width > 0),
  tile_height INTEGER NOT NULL CHECK (tile_height > 0),
  transform TEXT NOT NULL CHECK (json_array_length(transform) = 6),  -- (column, row) to the CRS, GDAL's order
  crs TEXT NOT NULL,                               -- WKT2
  time TIMESTAMP
);

CREATE TABLE raster_tiles (
  raster_id INTEGER NOT NULL REFERENCES rasters (fid) ON DELETE CASCADE,
  tile_row INTEGER NOT NULL CHECK (tile_row >= 0), -- from the north-west
  tile_column INTEGER NOT NULL CHECK (tile_column >= 0),
  pixels BLOB NOT NULL,                            -- zlib of float32, little-endian, row by row, NaN no data
  PRIMARY KEY (raster_id, tile_row, tile_column)
);

-- ---------------------------------------------------------------------------------------------------------------------
-- The scenario: documents as they were written; each table of cells is a table of its own, "scenario_<name>", with a
-- TEXT column for every column of the file, made when it is imported.
CREATE TABLE documents (
  name TEXT PRIMARY KEY CHECK (name <> ''),        -- 'scenario.toml', 'agreements/pact.toml', 'perimeters.geojson'
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  content TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE scenario_tables (
  name TEXT PRIMARY KEY CHECK (name <> ''),        -- 'units', 'requests', ...
  file TEXT NOT NULL,                              -- as shown in messages
  sheet TEXT NOT NULL,
  encoding TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  columns TEXT NOT NULL CHECK (json_valid(columns)),  -- headers as written, in order
  records INTEGER NOT NULL CHECK (records >= 0)
) WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- Results. An assessment belongs to the imports it was made from; the spatial tables hold the newest one.
CREATE TABLE assessments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  input_sha256 TEXT NOT NULL CHECK (length(input_sha256) = 64),  -- of everything it was made from
  program TEXT NOT NULL,
  incidents INTEGER NOT NULL CHECK (incidents >= 0),
  content TEXT NOT NULL CHECK (json_valid(content))
);

CREATE TABLE assessment_imports (
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  import_id INTEGER NOT NULL,                      -- not a foreign key: the layer may be gone by now
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (assessment_id, import_id)
) WITHOUT ROWID;

CREATE TABLE assessed_incidents (
  fid INTEGER PRIMARY KEY,
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  incident_id TEXT NOT NULL,
  name TEXT NOT NULL,
  hazard TEXT NOT NULL,
  priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 5),  -- 1 highest
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 100),
  area_ha REAL,
  growth_ha_per_day REAL,
  people_10km INTEGER,
  people_25km INTEGER,
  people_50km INTEGER,
  nearest_place TEXT NOT NULL,
  nearest_place_km REAL,
  airport TEXT NOT NULL,
  airport_km REAL,
  from_layer INTEGER NOT NULL CHECK (from_layer IN (0, 1))  -- a layer brought it, it is in no table
);

CREATE TABLE detection_clusters (
  fid INTEGER PRIMARY KEY,
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  cluster_id TEXT NOT NULL,
  first TIMESTAMP NOT NULL,
  last TIMESTAMP NOT NULL,
  detections INTEGER NOT NULL CHECK (detections > 0),
  frp_mw REAL,
  incident_id TEXT,                                -- NULL: unreported
  rule TEXT NOT NULL,
  distance_km REAL,
  CHECK (first <= last)
);

CREATE TABLE plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  scenario TEXT NOT NULL,                          -- id of the scenario
  created_for TEXT NOT NULL CHECK (created_for GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- as_of
  status TEXT NOT NULL,                            -- 'optimal', 'gap_limit', ...
  objective REAL NOT NULL,                         -- points
  assessment_id INTEGER REFERENCES assessments (id) ON DELETE SET NULL,
  input_sha256 TEXT NOT NULL CHECK (length(input_sha256) = 64),  -- of everything it was made from
  program TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),  -- of content
  content TEXT NOT NULL CHECK (json_valid(content))  -- plan.json
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Geometry columns and their R-trees.
INSERT INTO temp.must_be_one VALUES
  (AddGeometryColumn('detections', 'geom', 4326, 'POINT', 'XY', 1)),
  (AddGeometryColumn('perimeters', 'geom', 4326, 'MULTIPOLYGON', 'XY', 1)),
  (AddGeometryColumn('fires', 'geom', 4326, 'POINT', 'XY', 1)),
  (AddGeometryColumn('places', 'geom', 4326, 'POINT', 'XY', 1)),
  (AddGeometryColumn('hazard_points', 'geom', 4326, 'MULTIPOINT', 'XY', 1)),
  (AddGeometryColumn('hazard_lines', 'geom', 4326, 'MULTILINESTRING', 'XY', 1)),
  (AddGeometryColumn('hazard_areas', 'geom', 4326, 'MULTIPOLYGON', 'XY', 0)),
  (AddGeometryColumn('rasters', 'geom', 4326, 'MULTIPOLYGON', 'XY', 0)),
  (AddGeometryColumn('assessed_incidents', 'geom', 4326, 'POINT', 'XY', 1)),
  (AddGeometryColumn('detection_clusters', 'geom', 4326, 'MULTIPOLYGON', 'XY', 0));
INSERT INTO temp.must_be_one VALUES
  (CreateSpatialIndex('detections', 'geom')),
  (CreateSpatialIndex('perimeters', 'geom')),
  (CreateSpatialIndex('fires', 'geom')),
  (CreateSpatialIndex('places', 'geom')),
  (CreateSpatialIndex('hazard_points', 'geom')),
  (CreateSpatialIndex('hazard_lines', 'geom')),
  (CreateSpatialIndex('hazard_areas', 'geom')),
  (CreateSpatialIndex('rasters', 'geom')),
  (CreateSpatialIndex('assessed_incidents', 'geom')),
  (CreateSpatialIndex('detection_clusters', 'geom'));
DROP TABLE temp.must_be_one;

-- ---------------------------------------------------------------------------------------------------------------------
-- What one row cannot check.
CREATE TRIGGER raster_has_raster_import BEFORE INSERT ON rasters
WHEN (SELECT is_raster FROM imports WHERE id = NEW.import_id) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'rasters: the import is not one of a raster');
END;

CREATE TRIGGER raster_tile_within BEFORE INSERT ON raster_tiles
WHEN NOT EXISTS (SELECT 1 FROM rasters WHERE fid = NEW.raster_id AND NEW.tile_row * tile_height < height
                   AND NEW.tile_column * tile_width < width)
BEGIN
  SELECT RAISE(ABORT, 'raster_tiles: the tile lies outside its raster');
END;

CREATE TRIGGER plan_is_final BEFORE UPDATE OF content, sha256, objective, status ON plans
BEGIN
  SELECT RAISE(ABORT, 'plans: a plan is replaced as a whole or not at all');
END;

-- ---------------------------------------------------------------------------------------------------------------------
-- The default styles, where QGIS looks for them (its own layout of this table, not ours).
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  f_table_catalog VARCHAR(256),
  f_table_schema VARCHAR(256),
  f_table_name VARCHAR(256),
  f_geometry_column VARCHAR(256),
  styleName TEXT,
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner VARCHAR(30),
  ui TEXT,
  update_time TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
