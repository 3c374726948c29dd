-- What a fresh database holds, kept beside it in each copy, and the function that makes it fresh again after a test.
CREATE SCHEMA kept;
CREATE SCHEMA kept_rows;

CREATE TABLE kept.first_numbers (name text, first bigint, last bigint);

DO $$
DECLARE tables text[]; name text; looks text;
BEGIN
  SELECT array_agg(relname::text ORDER BY relname) INTO tables
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace;
  -- one statement that asks all tables, planned once in each connection: a statement for each took most of the time;
  -- a view would hold on to the tables, which migrations drop
  SELECT string_agg(format('SELECT %L::text WHERE EXISTS (SELECT 1 FROM public.%I)', each, each), ' UNION ALL ')
    INTO looks FROM unnest(tables) AS each;
  EXECUTE format(
    'CREATE FUNCTION kept.tables_with_rows() RETURNS SETOF text LANGUAGE plpgsql AS %L',
    'BEGIN RETURN QUERY ' || looks || '; END'
  );
  FOR name IN SELECT * FROM kept.tables_with_rows() LOOP
    EXECUTE format('CREATE TABLE kept_rows.%I AS TABLE public.%I', name, name);
  END LOOP;
  INSERT INTO kept.first_numbers
    SELECT c.relname::text, s.seqstart, pg_sequence_last_value(c.oid)
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid WHERE c.relnamespace = 'public'::regnamespace;
END $$;

-- Called where session_replication_role is replica: no keys to check on the way, and plans stay when it is set once.
-- It says how many rows it took away, which still take room.
CREATE FUNCTION kept.begin_again() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE name text; number record; gone bigint; in_all bigint := 0;
BEGIN
  FOR name IN SELECT * FROM kept.tables_with_rows() LOOP
    EXECUTE format('DELETE FROM public.%I', name);
    GET DIAGNOSTICS gone = ROW_COUNT;
    in_all := in_all + gone;
  END LOOP;
  FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'kept_rows'::regnamespace LOOP
    EXECUTE format('INSERT INTO public.%I SELECT * FROM kept_rows.%I', name, name);
  END LOOP;
  FOR number IN
    SELECT n.name, n.first, n.last FROM kept.first_numbers n
    WHERE n.last IS DISTINCT FROM pg_sequence_last_value(format('public.%I', n.name)::regclass)
  LOOP
    PERFORM setval(format('public.%I', number.name), coalesce(number.last, number.first), number.last IS NOT NULL);
  END LOOP;
  RETURN in_all;
END $$;
