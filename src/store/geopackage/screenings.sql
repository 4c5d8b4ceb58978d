-- Reports that were kept, a row each; since format 3. The store does not look into question and
-- document; sha256 is over both, so that `onemap doctor` sees when someone else wrote here.
CREATE TABLE onemap_screenings (
    id TEXT NOT NULL PRIMARY KEY,
    audience TEXT NOT NULL,
    made_at TEXT NOT NULL,
    revision INTEGER NOT NULL,
    question TEXT NOT NULL,
    document TEXT NOT NULL,
    hash TEXT NOT NULL,
    sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX onemap_screenings_by_age ON onemap_screenings (audience, made_at);

INSERT INTO gpkg_extensions VALUES
    ('onemap_screenings', NULL, 'onemap_revisions', 'docs/store-format.md of OneMap', 'write-only');
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
VALUES ('onemap_screenings', 'onemap', 'onemap_screenings', NULL);
