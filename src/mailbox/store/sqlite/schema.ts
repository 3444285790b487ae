import { PLACES } from '../../search/searchable';

/**
 * The messages: the server's own record, and beside it whatever is asked for in queries. `availability`, `read_status` and
 * `unread` are as shown, with the user's unconfirmed changes. `time` is the creation time in milliseconds since the epoch.
 */
const MESSAGE = `
  CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    availability TEXT NOT NULL,
    unread INTEGER NOT NULL,
    read_status TEXT,
    type TEXT NOT NULL,
    thread TEXT NOT NULL,
    party TEXT NOT NULL,
    conversation TEXT,
    outbound INTEGER NOT NULL,
    shared INTEGER NOT NULL,
    owner TEXT,
    attachment INTEGER NOT NULL,
    priority TEXT,
    failed INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    -- Details were asked for; and which are missing, if they were not.
    asked INTEGER NOT NULL,
    missing TEXT,
    record TEXT NOT NULL,
    text TEXT,
    transcription TEXT
  ) STRICT;
  CREATE INDEX message_by_time ON message (availability, time DESC, id DESC, unread);
  CREATE INDEX message_by_type ON message (availability, type, time DESC, id DESC);
  CREATE INDEX message_by_thread ON message (availability, type, thread, time DESC, id DESC);
  CREATE INDEX message_by_party ON message (availability, party, time DESC, id DESC);
  CREATE INDEX message_unread ON message (availability, time DESC, id DESC, type, thread, party) WHERE unread = 1;
  CREATE INDEX message_by_conversation ON message (conversation, time, id) WHERE conversation IS NOT NULL;
  CREATE INDEX message_by_owner ON message (owner, time DESC, id DESC) WHERE owner IS NOT NULL;
  CREATE INDEX message_by_generation ON message (generation);
  CREATE INDEX message_missing ON message (time DESC, id DESC) WHERE missing IS NOT NULL;
`;

/** What a tally counts, and the columns of a message that say in which one it is. */
const TALLIES = [
  { kind: 'all', type: undefined, key: undefined },
  { kind: 'type', type: 'type', key: undefined },
  { kind: 'thread', type: 'type', key: 'thread' },
  { kind: 'party', type: undefined, key: 'party' },
] as const;

/** How many messages there are of everything that is counted without filters, and which one is the newest. */
const TALLY = `
  CREATE TABLE tally (
    availability TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    key TEXT NOT NULL,
    total INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    time INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (availability, kind, type, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tally_by_time ON tally (availability, kind, type, time DESC, id DESC);

  CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
    ${TALLIES.map(addition).join('')}
  END;
  CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
    ${TALLIES.map(subtraction).join('')}
    DELETE FROM search WHERE rowid = OLD.id;
  END;
  CREATE TRIGGER message_moved AFTER UPDATE OF availability, time, type, thread, party ON message
  WHEN (OLD.availability, OLD.time, OLD.type, OLD.thread, OLD.party)
    <> (NEW.availability, NEW.time, NEW.type, NEW.thread, NEW.party) BEGIN
    ${TALLIES.map(subtraction).join('')}
    ${TALLIES.map(addition).join('')}
  END;
  CREATE TRIGGER message_read AFTER UPDATE OF unread ON message
  WHEN OLD.unread <> NEW.unread AND (OLD.availability, OLD.time, OLD.type, OLD.thread, OLD.party)
    = (NEW.availability, NEW.time, NEW.type, NEW.thread, NEW.party) BEGIN
    ${TALLIES.map(
      (tally) =>
        `UPDATE tally SET unread = unread + NEW.unread - OLD.unread WHERE ${isTallyOf('NEW', tally)};`,
    ).join('')}
  END;
`;

/**
 * The words of each message, by place, as the tokenizer of searches leaves them. No text is kept here. Prefixes of these
 * lengths have an index of their own, for they are what is typed first.
 */
const SEARCH = `
  CREATE VIRTUAL TABLE search USING fts5 (
    ${PLACES.join(', ')}, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
  );
`;

/** What happened: `ids` names the messages as JSON, unless there are too many to be named. */
const CHANGES = `
  CREATE TABLE change (revision INTEGER PRIMARY KEY AUTOINCREMENT, ids TEXT) STRICT;
  -- When the user last changed a message at the server.
  CREATE TABLE settled (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
  CREATE INDEX settled_by_revision ON settled (revision);
  CREATE TABLE sync_state (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
`;

const OUTBOX = `
  CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    conversation TEXT,
    window TEXT NOT NULL
  ) STRICT;
  CREATE TABLE operation_item (
    operation INTEGER NOT NULL REFERENCES operation ON DELETE CASCADE,
    position INTEGER NOT NULL,
    message INTEGER NOT NULL,
    state TEXT NOT NULL,
    availability_then TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (operation, position),
    UNIQUE (operation, message)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX open_item ON operation_item (message, operation) WHERE state IN ('waiting', 'sending');
`;

/** What tells this file from every other one, and its operations from theirs. */
const NAMES = `
  CREATE TABLE file (id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL) STRICT;
  INSERT INTO file (id, epoch) VALUES (1, lower(hex(randomblob(16))));
  ALTER TABLE operation ADD COLUMN name TEXT;
  UPDATE operation SET name = lower(hex(randomblob(16)));
  CREATE UNIQUE INDEX operation_by_name ON operation (name);
`;

/** With all that reading a conversation by page asks for, so that no record is looked at that is not on the page. */
const CONVERSATIONS = `
  DROP INDEX message_by_conversation;
  CREATE INDEX message_by_conversation ON message (conversation, time, id, availability, unread)
    WHERE conversation IS NOT NULL;
`;

/** Messages that do not look yet as the outbox wants them to. */
const STALE = `
  CREATE TABLE stale (message INTEGER PRIMARY KEY) STRICT;
`;

/** A message that is removed is not stale any more: nothing is shown of it. */
const STALE_UNTIL_REMOVED = `
  DELETE FROM stale WHERE message NOT IN (SELECT id FROM message);
  CREATE TRIGGER message_removed_stale AFTER DELETE ON message BEGIN
    DELETE FROM stale WHERE message = OLD.id;
  END;
`;

/**
 * What is deleted from the index of words is passed over, and goes when the index grows. To be rid of it sooner takes
 * hundreds of milliseconds, every now and then.
 */
const LAZY_SEARCH = `
  INSERT INTO search (search, rank) VALUES ('deletemerge', 0);
`;

/** Times that no calendar has a place for are those of messages without a date. */
const PLAUSIBLE_TIMES = `
  UPDATE message SET time = 0 WHERE time < 0 OR time >= 253402214400000;
`;

/** Why an operation could not be sent the last time, as JSON. */
const DELAY = `
  ALTER TABLE operation ADD COLUMN delay TEXT;
`;

/**
 * Whether something of removed messages may still be in the file, and how many were removed. Before this version nothing
 * was overwritten.
 */
const RESIDUE = `
  CREATE TABLE residue (id INTEGER PRIMARY KEY CHECK (id = 1), removed INTEGER NOT NULL) STRICT;
  INSERT INTO residue (id, removed) SELECT 1, 1 WHERE EXISTS (SELECT 1 FROM message);
  CREATE TRIGGER message_removed_residue AFTER DELETE ON message BEGIN
    INSERT INTO residue (id, removed) VALUES (1, 1) ON CONFLICT DO UPDATE SET removed = removed + 1;
  END;
`;

/**
 * By which version of the program, and for which home country (ISO 3166), columns and words were made of the records; and
 * through which id that is still to be done anew, from the largest one down. See `Derivation`.
 */
const DERIVATION = `
  CREATE TABLE derivation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    country TEXT,
    through INTEGER
  ) STRICT;
  INSERT INTO derivation (id, version) VALUES (1, 1);

  -- An earlier version that is still running in another window makes of records what it knows, and does not count its writes.
  ALTER TABLE message ADD COLUMN writes INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE underived (message INTEGER PRIMARY KEY) STRICT;
  CREATE TRIGGER message_added_underived AFTER INSERT ON message WHEN NEW.writes = 0 BEGIN
    INSERT OR IGNORE INTO underived (message) VALUES (NEW.id);
  END;
  CREATE TRIGGER message_changed_underived AFTER UPDATE OF party, text, transcription ON message
  WHEN NEW.writes = OLD.writes BEGIN
    INSERT OR IGNORE INTO underived (message) VALUES (NEW.id);
  END;
  CREATE TRIGGER message_removed_underived AFTER DELETE ON message BEGIN
    DELETE FROM underived WHERE message = OLD.id;
  END;
`;

/** The versions of the schema, each made of the one before. Released ones are never edited. */
export const VERSIONS: readonly string[] = [
  MESSAGE + SEARCH + TALLY + CHANGES + OUTBOX,
  NAMES,
  CONVERSATIONS,
  STALE + LAZY_SEARCH,
  STALE_UNTIL_REMOVED,
  DELAY + PLAUSIBLE_TIMES,
  RESIDUE,
  DERIVATION,
];

type TallyKind = (typeof TALLIES)[number];

function isTallyOf(row: 'OLD' | 'NEW', { kind, type, key }: TallyKind): string {
  return `availability = ${row}.availability AND kind = '${kind}'
    AND type = ${type ? `${row}.${type}` : "''"} AND key = ${key ? `${row}.${key}` : "''"}`;
}

function addition({ kind, type, key }: TallyKind): string {
  return `
    INSERT INTO tally (availability, kind, type, key, total, unread, time, id)
    VALUES (NEW.availability, '${kind}', ${type ? `NEW.${type}` : "''"}, ${key ? `NEW.${key}` : "''"},
      1, NEW.unread, NEW.time, NEW.id)
    ON CONFLICT DO UPDATE SET
      total = total + 1,
      unread = unread + excluded.unread,
      time = max(time, excluded.time),
      id = CASE WHEN (excluded.time, excluded.id) > (time, id) THEN excluded.id ELSE id END;`;
}

function subtraction(tally: TallyKind): string {
  const { type, key } = tally;
  return `
    DELETE FROM tally WHERE ${isTallyOf('OLD', tally)} AND total = 1;
    UPDATE tally SET total = total - 1, unread = unread - OLD.unread WHERE ${isTallyOf('OLD', tally)};
    UPDATE tally SET (time, id) = (
      SELECT time, id FROM message WHERE availability = OLD.availability
        ${type ? `AND type = OLD.${type}` : ''} ${key ? `AND ${key} = OLD.${key}` : ''}
      ORDER BY time DESC, id DESC LIMIT 1
    ) WHERE ${isTallyOf('OLD', tally)} AND id = OLD.id;`;
}
