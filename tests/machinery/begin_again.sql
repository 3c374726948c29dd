-- What a fresh database holds, kept beside it in each copy, and the function that makes it fresh again after a test.
CREATE SCHEMA kept;
CREATE SCHEMA kept_rows;

CREATE FUNCTION kept.tables_with_rows() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE name text; found boolean;
BEGIN
  FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO found;
    IF found THEN
      RETURN NEXT name;
    END IF;
  END LOOP;
END $$;

CREATE VIEW kept.numbers AS
  SELECT c.relname::text AS name, s.seqstart AS first, pg_sequence_last_value(c.oid) AS last
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid WHERE c.relnamespace = 'public'::regnamespace;

CREATE TABLE kept.numbers_at_first AS SELECT name, last FROM kept.numbers;

DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT * FROM kept.tables_with_rows() LOOP
    EXECUTE format('CREATE TABLE kept_rows.%I AS TABLE public.%I', name, name);
  END LOOP;
END $$;

CREATE FUNCTION kept.begin_again() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; number record;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true); -- no keys to check on the way
  FOR name IN SELECT * FROM kept.tables_with_rows() LOOP
    EXECUTE format('DELETE FROM public.%I', name);
  END LOOP;
  FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'kept_rows'::regnamespace LOOP
    EXECUTE format('INSERT INTO public.%I SELECT * FROM kept_rows.%I', name, name);
  END LOOP;
  FOR number IN
    SELECT n.name, n.first, f.last FROM kept.numbers n JOIN kept.numbers_at_first f USING (name)
    WHERE n.last IS DISTINCT FROM f.last
  LOOP
    PERFORM setval(format('public.%I', number.name), coalesce(number.last, number.first), number.last IS NOT NULL);
  END LOOP;
END $$;
