-- Articles in order of arrival; text is zlib over UTF-8.
CREATE TABLE articles (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ref TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    url TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    published_from TEXT NOT NULL,
    language TEXT NOT NULL,
    text BLOB NOT NULL
);

-- published and outlet repeat what the marks inferred, so that lists need not unpack them.
CREATE TABLE marks (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    version TEXT NOT NULL,
    published TEXT,
    outlet TEXT,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE fingerprints (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    body BLOB NOT NULL
) WITHOUT ROWID;

-- Stories in the order in which they were first seen.
CREATE TABLE stories (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
);

CREATE TABLE assignments (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story_id TEXT NOT NULL REFERENCES stories (id),
    duplicate_of TEXT REFERENCES articles (id),
    version TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX assignments_by_story ON assignments (story_id);

-- members is a digest of the articles that the account was told of; with the key it says whether it still holds.
CREATE TABLE accounts (
    story_id TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    members TEXT NOT NULL,
    title TEXT,
    start TEXT,
    "end" TEXT,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE failures (
    seq INTEGER PRIMARY KEY,
    ref TEXT NOT NULL,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    UNIQUE (ref, stage, error)
);

-- Which version of each stage last worked on this store.
CREATE TABLE stages (
    stage TEXT PRIMARY KEY,
    version TEXT NOT NULL
) WITHOUT ROWID;
