-- v2 (needs this program: an older one would not write the folded columns): lists are searched and sorted by what people
-- type, without accents and capitals. 0002_people.cpp folds the rows there are, in the same transaction.

ALTER TABLE booking ADD COLUMN customer_name_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE booking ADD COLUMN notes_folded TEXT NOT NULL DEFAULT '';

-- 1: written to her without her having written first; whoever opted out (customer.opt_out_at) does not get it.
ALTER TABLE outbox ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0;
