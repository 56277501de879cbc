-- Stories merge, are related, and share passages; the grouper is kept, so that opening a store replays nothing.

-- placed is the story that the article was put into on arrival, which may have been merged since. With the merges it
-- tells how the stories stood at any earlier moment.
ALTER TABLE assignments ADD COLUMN placed TEXT;
UPDATE assignments SET placed = story_id;
CREATE INDEX assignments_by_placed ON assignments (placed);

-- Where a story's articles went when it ended, in order. article_id is the article that showed the two to be one; NULL:
-- the id is that of an earlier version of grouping.
CREATE TABLE forwards (
    seq INTEGER PRIMARY KEY,
    old TEXT NOT NULL UNIQUE,
    new TEXT NOT NULL,
    article_id TEXT REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX forwards_by_new ON forwards (new);
CREATE INDEX forwards_by_article ON forwards (article_id);

-- story_id < other; names is a JSON list.
CREATE TABLE relations (
    story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    names TEXT NOT NULL,
    PRIMARY KEY (story_id, other)
) WITHOUT ROWID;
CREATE INDEX relations_by_other ON relations (other);

-- By the article that printed the words again.
CREATE TABLE reuses (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    body BLOB NOT NULL
) WITHOUT ROWID;

-- The few most telling stems of an article, by which a late article finds those of closed stories. day is '' where the
-- article has none; seq is its articles.seq. The fingerprint repeats both, so that its rows here can be found again.
ALTER TABLE fingerprints ADD COLUMN day TEXT NOT NULL DEFAULT '';
ALTER TABLE fingerprints ADD COLUMN telling TEXT NOT NULL DEFAULT '[]';
CREATE TABLE telling (
    stem TEXT NOT NULL,
    day TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (stem, day, seq)
) WITHOUT ROWID;

-- Fingerprints are packed in another form, and late articles can only find what has telling stems: all is grouped anew.
DELETE FROM fingerprints;
DELETE FROM stages WHERE stage = 'group';

-- One row: the state of the grouper once it had placed article_id and all before it.
CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version TEXT NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    body BLOB NOT NULL
);
