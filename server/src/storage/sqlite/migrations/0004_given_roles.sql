-- A role that a facilitator gave is not changed by the links that its person uses later.
ALTER TABLE participants ADD COLUMN role_is_given INTEGER NOT NULL DEFAULT 0;
