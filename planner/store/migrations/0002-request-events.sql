-- What plans said of order lines, as far as it was news; the order's timeline is made of these and of the tables.
CREATE TABLE request_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,            -- in the order in which it was said
  request_id TEXT NOT NULL CHECK (request_id <> ''),
  state TEXT NOT NULL CHECK (state IN ('filled', 'partial', 'pending', 'utf')),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- planning date of the plan
  wanted INTEGER NOT NULL CHECK (wanted > 0),      -- unit-days (person-days) of the planning days
  unmet INTEGER NOT NULL CHECK (unmet >= 0),
  reason_code TEXT NOT NULL CHECK (reason_code <> ''),  -- 'none': nothing keeps it open
  reason TEXT NOT NULL CHECK (json_valid(reason)),  -- {"key": ..., "args": {...}} of the catalogue; {}: not said
  plan_id INTEGER NOT NULL,                        -- not a foreign key: a plan may be replaced, what it said stays
  plan_name TEXT NOT NULL,
  CHECK (state <> 'utf' OR reason_code <> 'none')
);
CREATE INDEX request_events_by_request ON request_events (request_id, id);

CREATE TRIGGER request_event_is_final BEFORE UPDATE ON request_events
BEGIN
  SELECT RAISE(ABORT, 'request_events: what was said stays');
END;
