-- The rows of scripts/bench epic: PanDA's tables with :jobs jobs of the last :days days, the same for the same :seed.
-- Numbers come from a hash of what they belong to, so that every row can be made by itself.

SET synchronous_commit = off;
SET TIME ZONE 'UTC';

CREATE FUNCTION pick(number bigint, salt bigint, range bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (hashint8extended(number, salt) & 9223372036854775807) % range $$;

CREATE TEMPORARY TABLE seeds AS SELECT :seed::bigint AS seed, date_trunc('minute', now()::timestamp) AS now;

CREATE TEMPORARY TABLE names AS SELECT
  ARRAY['BNL_OSG_PanDA_1', 'BNL_PanDA_1', 'E1_BNL', 'E1_JLAB', 'NERSC_Perlmutter_epic', 'BNL_OSG_EPIC_PROD_1', 'UM_GREX_PanDA_1']
    AS sites,
  ARRAY['Ada Fischer', 'Bo Lindqvist', 'Chen Wei', 'Dana Novak', 'Erin Burke', 'Fumiko Sato', 'Goran Petrov', 'Hana Kim',
    'Ivo Marek', 'Jana Dvorak', 'Karl Weber', 'Lena Roth'] AS users,
  ARRAY['BNL_PROD_DISK_1', 'BNL_PROD_DISK_2', 'JLAB_EPIC_DISK', 'NERSC_EPIC_SCRATCH'] AS places;

-- Tasks, as many as the jobs need at 127 jobs each.
INSERT INTO doma_panda.jedi_tasks (jeditaskid, taskname, status, username, creationdate, modificationtime, reqid, starttime,
  endtime, prodsourcelabel, workinggroup, vo, corecount, tasktype, processingtype, taskpriority, currentpriority, transuses,
  transpath, splitrule, ramcount, ramunit, progress, failurerate, errordialog, superstatus, campaign, gshare, attemptnr,
  realmodificationtime)
SELECT 30000 + n, format('user.%s.epic.26.02.0.sim.%s.n%s', replace(lower(who), ' ', ''), pick(n, seed + 1, 500), n), state, who,
  made, made + interval '1 hour' * (1 + pick(n, seed + 2, 60)), pick(n, seed + 3, 2000)::integer, made + interval '20 minutes',
  CASE WHEN state IN ('done', 'finished', 'failed', 'aborted', 'broken') THEN made + interval '1 day' END,
  CASE WHEN pick(n, seed + 4, 100) = 0 THEN 'managed' ELSE 'test' END, CASE WHEN pick(n, seed + 5, 3) > 0 THEN 'EIC' END, 'epic', 1,
  'anal', (ARRAY['epicproduction', 'panda-client-1.5.85', 'stfprocessing'])[1 + pick(n, seed + 6, 3)], 900, 900, 'none',
  'https://pandaserver.example.org/trf/user/runGen-00-00-02', 'NJ=1,NF=5', 4000, 'MB', 60, 4,
  CASE WHEN state = 'broken' THEN format('<a href="https://logs.example.org/%s">brokerage</a> found no queue', n) END, state,
  '26.02.0', 'ePIC', 1, made + interval '1 day'
FROM (
  SELECT n, seed, users[1 + pick(n, seed, 12)] AS who, now - interval '1 day' * :days * (1 - n / (:jobs / 127.0)) AS made,
    (ARRAY['done', 'done', 'done', 'finished', 'failed', 'running', 'aborted', 'broken', 'ready', 'pending'])[1 + pick(n, seed + 7, 10)]
    AS state
  FROM seeds, names, generate_series(1, :jobs / 127) n
) task;

INSERT INTO doma_panda.jedi_taskparams SELECT jeditaskid, jsonb_build_object('taskName', taskname, 'nEvents', 1000,
  'jobParameters', repeat('-n 1000 -s ${SEED} ', 40))::text FROM doma_panda.jedi_tasks;

INSERT INTO doma_panda.jedi_datasets (jeditaskid, datasetid, datasetname, type, creationtime, modificationtime, status, nfiles,
  nfilestobeused, nfilesused, nfilesfinished, nfilesfailed, nfilesonhold)
SELECT jeditaskid, jeditaskid * 10, taskname || '.seq', 'pseudo_input', creationdate, modificationtime, 'ready', 127, 127, 127, 110, 5, 0
FROM doma_panda.jedi_tasks;

-- Jobs, the newest last; the last 3000 of them have not ended.
CREATE TEMPORARY TABLE job AS
SELECT n, 1220000 + n AS pandaid, 30001 + n / 127 AS task, ended, state, sites[1 + pick(n, seed + 10, 7)] AS site,
  users[1 + pick(n / 127 + 1, seed, 12)] AS who, 600 + pick(n, seed + 11, 20000) AS took, 1 + pick(n, seed + 12, 3) AS attempt,
  CASE WHEN state = 'failed' THEN pick(n, seed + 13, 12) END AS fault, pick(n, seed + 14, 1000000000) AS anything, seed
FROM (
  SELECT n, seed, now - interval '1 second' * (86400.0 * :days * (1 - n::numeric / :jobs)) AS ended,
    CASE WHEN n > :jobs - 3000 THEN (ARRAY['activated', 'running', 'running', 'starting', 'holding', 'transferring'])[1 + share % 6]
      WHEN share < 82 THEN 'finished' WHEN share < 93 THEN 'failed' WHEN share < 97 THEN 'cancelled' ELSE 'closed' END AS state
  FROM seeds, generate_series(1, :jobs) n, pick(n, seed + 15, 100) share
) numbered, names;

CREATE TEMPORARY TABLE told AS
SELECT pandaid, modificationtime, jobdefinitionid, pilotid, creationtime, modificationhost, transformation, prodsourcelabel,
  currentpriority, attemptnr, maxattempt, jobstatus, jobname, minramcount, minramunit, starttime, endtime, cpuconsumptiontime,
  piloterrorcode, piloterrordiag, exeerrorcode, exeerrordiag, ddmerrorcode, ddmerrordiag, jobdispatchererrorcode,
  jobdispatchererrordiag, taskbuffererrorcode, taskbuffererrordiag, transexitcode, computingsite, computingelement, nevents,
  cloud, taskid, cmtconfig, statechangetime, vo, workinggroup, processingtype, produsername, batchid, corecount, jobparameters,
  inputfilebytes, noutputdatafiles, outputfilebytes, jobmetrics, jeditaskid, actualcorecount, reqid, maxrss, maxpss, gshare,
  resource_type
FROM job, LATERAL (SELECT
  ended AS modificationtime, task AS jobdefinitionid,
  format('https://pandalogs.example.org/%s/%s.%s.out|Condor|PR|3.9.1.10', site, anything, n % 10) AS pilotid,
  ended - interval '1 second' * (took + 3600) AS creationtime, format('node%s.example.org', anything % 900) AS modificationhost,
  'https://pandaserver.example.org/trf/user/runGen-00-00-02' AS transformation, 'test' AS prodsourcelabel, 900 AS currentpriority,
  attempt AS attemptnr, attempt AS maxattempt, state AS jobstatus, format('epic.26.02.0.sim.%s.%s', task, n) AS jobname,
  4000 AS minramcount, 'MB' AS minramunit,
  CASE WHEN anything % 100 = 0 OR state = 'activated' THEN NULL ELSE ended - interval '1 second' * took END AS starttime,
  CASE WHEN n > :jobs - 3000 THEN NULL ELSE ended END AS endtime, CASE WHEN state = 'finished' THEN took * 9 / 10 ELSE 0 END
    AS cpuconsumptiontime,
  CASE WHEN fault IN (0, 1, 2) THEN 1305 WHEN fault IN (3, 4) THEN 1099 WHEN fault = 5 THEN 1150 WHEN fault = 6 THEN 1201
    WHEN fault = 7 THEN 1235 ELSE 0 END AS piloterrorcode,
  CASE WHEN fault IN (0, 1, 2) THEN format('Failed to execute payload:/srv/PanDA_Pilot-%s/payload.stderr: line %s: core dumped',
      anything, anything % 40)
    WHEN fault IN (3, 4) THEN format('Failed to stage-in file: epic.26.02.0.%s.root from %s after %s s', anything, site, took)
    WHEN fault = 5 THEN format('Looping job killed after %s s', took) WHEN fault = 6 THEN 'caught signal: SIGTERM'
    WHEN fault = 7 THEN format('job has exceeded the memory limit %s kB', 4000000 + anything % 1000000) END AS piloterrordiag,
  CASE WHEN fault IN (0, 8) THEN 5303 ELSE 0 END AS exeerrorcode,
  CASE WHEN fault IN (0, 8) THEN format('payload ended at event %s', anything % 5000) END AS exeerrordiag,
  CASE WHEN fault = 9 THEN 200 ELSE 0 END AS ddmerrorcode,
  CASE WHEN fault = 9 THEN format('Could not add files to DDM: %s', anything) END AS ddmerrordiag,
  CASE WHEN fault = 10 THEN 100 ELSE 0 END AS jobdispatchererrorcode,
  CASE WHEN fault = 10 THEN format('lost heartbeat : %s', ended) END AS jobdispatchererrordiag,
  CASE WHEN fault = 11 OR state IN ('cancelled', 'closed') THEN 300 ELSE 0 END AS taskbuffererrorcode,
  CASE WHEN fault = 11 OR state IN ('cancelled', 'closed') THEN 'reassigned by JEDI' END AS taskbuffererrordiag,
  CASE WHEN fault IN (0, 1) THEN '134' WHEN fault = 2 THEN '1' ELSE '0' END AS transexitcode,
  site AS computingsite, format('gate%s.example.org', anything % 4) AS computingelement,
  CASE WHEN state = 'finished' THEN 1000 ELSE 0 END AS nevents, 'US' AS cloud, task AS taskid, 'x86_64-el9-gcc13-opt' AS cmtconfig,
  ended AS statechangetime, 'eic' AS vo, CASE WHEN n % 3 > 0 THEN 'EIC' END AS workinggroup,
  (ARRAY['epicproduction', 'panda-client-1.5.85', 'stfprocessing'])[1 + pick(task - 30000, seed + 6, 3)] AS processingtype,
  who AS produsername, format('%s.%s', 80000 + anything % 10000, n % 10) AS batchid, 1 AS corecount,
  format('-j "" --sourceURL https://pandaserver.example.org -r . -p "%s" -n 1000', repeat('run.sh%20', 20)) AS jobparameters,
  anything AS inputfilebytes, 2 AS noutputdatafiles, anything / 3 AS outputfilebytes,
  format('coreCount=1 nEvents=1000 dbTime=%s leak=%s', anything % 90, anything % 70) AS jobmetrics, task AS jeditaskid,
  1 AS actualcorecount, pick(task - 30000, seed + 3, 2000) AS reqid, 1000000 + anything % 3000000 AS maxrss,
  900000 + anything % 3000000 AS maxpss, 'ePIC' AS gshare, 'SCORE' AS resource_type
) columns;

DO $$
DECLARE columns text := (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
  WHERE attrelid = 'told'::regclass AND attnum > 0);
BEGIN
  EXECUTE format('INSERT INTO doma_panda.jobsarchived4 (%1$s) SELECT %1$s FROM told WHERE endtime IS NOT NULL', columns);
  EXECUTE format('INSERT INTO doma_panda.jobsactive4 (%1$s) SELECT %1$s FROM told WHERE endtime IS NULL', columns);
END $$;

-- What PanDA keeps for thirty days only.
INSERT INTO doma_panda.filestable4 (row_id, pandaid, modificationtime, guid, lfn, type, dataset, status, destinationdblock,
  destinationse, fsize, scope, jeditaskid, datasetid, fileid)
SELECT n * 3 + part, pandaid, ended, md5(format('%s.%s', n, part)),
  format('epic.26.02.0.sim.%s.%s.%s', task, n, CASE WHEN part = 0 THEN 'log.tgz' ELSE part || '.root' END),
  CASE WHEN part = 0 THEN 'log' ELSE 'output' END, format('epic.26.02.0.sim.%s', task), CASE WHEN state = 'finished' THEN 'ready' ELSE 'unknown' END,
  format('epic.26.02.0.sim.%s_sub%s', task, anything), places[1 + anything % 4], anything, 'group.EIC', task, task * 10, n
FROM job, names, generate_series(0, 2) part, seeds WHERE ended >= now - interval '30 days';

INSERT INTO doma_panda.harvester_workers (harvesterid, workerid, lastupdate, status, batchid, computingsite, submittime, starttime,
  endtime, ncore, stdout, stderr, batchlog, resourcetype, computingelement, njobs, jobtype, pilotstatus)
SELECT 'harvester-epic_1', n, ended, CASE WHEN state = 'finished' THEN 'finished' ELSE 'failed' END, n::text, site,
  ended - interval '1 second' * (took + 900), ended - interval '1 second' * took, ended, 1,
  format('https://pandalogs.example.org/w/%s.out', n), format('https://pandalogs.example.org/w/%s.err', n),
  format('https://pandalogs.example.org/w/%s.log', n), 'SCORE', format('gate%s.example.org', anything % 4), 1, 'ANY', 'finished'
FROM job, seeds WHERE ended >= now - interval '30 days';

INSERT INTO doma_panda.harvester_rel_jobs_workers
SELECT 'harvester-epic_1', n, pandaid, ended FROM job, seeds WHERE ended >= now - interval '30 days';

INSERT INTO doma_panda.harvester_worker_stats
SELECT 'harvester-epic_1', site, resource, state, 'ANY', pick(length(site || resource || state), seed, 900), now - interval '10 minutes'
FROM seeds, names, unnest(sites) site, unnest(ARRAY['SCORE', 'MCORE', 'SCORE_HIMEM']) resource,
  unnest(ARRAY['submitted', 'running', 'finished', 'failed', 'cancelled', 'missed']) state;

INSERT INTO doma_panda.schedconfig_json
SELECT site, json_build_object('status', 'online', 'state', 'ACTIVE', 'vo_name', 'eic', 'resource_type', 'GRID', 'type', 'unified',
  'corepower', 10, 'atlas_site', site, 'region', 'US', 'country', 'US', 'cloud', 'US', 'maxrss', 4000, 'maxtime', 172800,
  'maxwdir', 14336, 'comment', repeat('kept by the site ', 100)), now
FROM seeds, names, unnest(sites) site;

DROP FUNCTION pick;
