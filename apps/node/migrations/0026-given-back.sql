-- A doctor may give a consent back: it ends as one that the patient took back, and the row says whose doing it was.

alter table consents add column given_back boolean not null default false;
