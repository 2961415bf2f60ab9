-- Sealed: why the patient refused, in her words, for the doctor who asked.
alter table consent_requests add column refusal bytea;
