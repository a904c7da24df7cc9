/// What physicists call the same thing, so that a question finds a tool in the words of either.
package enum Synonyms {
    /// Terms that stand for a term as well, without the term itself.
    package static func others(than term: String) -> [String] { table[term] ?? [] }

    /// Whether a term of two words is among the synonyms.
    static func isPhrase(_ phrase: String) -> Bool { table[phrase] != nil }

    static func beginsPhrase(_ term: String) -> Bool { phraseBeginnings.contains(term) }

    /// One line for each meaning, its ways to say it with commas between; a word may be in several.
    private static let lines = """
        run, workflow, execution
        workflow, pipeline
        campaign, production
        queue, site, computing element, computing site
        site, rse, storage element, storage
        rse, storage element, disk, storage, endpoint, tape
        dataset, did, data identifier, container, collection
        file, did, lfn
        error, fail, problem, crash, wrong, break, exception, trouble, issue, fault
        diagnose, debug, investigate, analyze, study, reason, cause
        user, owner, submitter, person, account, physicist
        status, state, progress, stand, condition, health
        list, show, overview, which
        count, number, many, total, statistics
        summary, overview, report, digest
        usage, consumption, accounting, cost, spend, burn
        cpu, core, core hours, processor, slot
        memory, ram, rss
        log, output, stdout, stderr, message, logfile
        task, jedi task, request
        job, pandaid, payload
        task, jeditaskid
        kill, cancel, abort, stop, terminate, end
        start, launch, submit, begin, trigger, create
        retry, resubmit, rerun, again, repeat
        pause, suspend, hold
        resume, release, continue, unpause
        agent, daemon, service
        send, broadcast, publish, post, announce
        telemetry, temperature, pressure, humidity, voltage, sensor
        id, study
        colleague, member, person
        heartbeat, alive, dead, responding
        replica, copy, location
        rule, replication rule, subscription
        transfer, move, movement, copying, shipping
        delete, remove, erase, deletion
        quota, limit, allowance
        pilot, worker, harvester, glidein
        release, version, software, tag
        tag, configuration, setting, parameter
        document, documentation, docs, wiki, twiki, manual, guide, page
        search, lookup, query
        explain, meaning, mean, definition, describe
        recent, latest, newest, fresh
        past, history, earlier, ago
        slow, stuck, hang, hanging, waiting, pending, late
        priority, share, fairshare
        efficiency, efficient, waste, utilization
        downtime, outage, maintenance, offline
        available, availability, online
        blacklist, exclude, ban, disable
        image, exposure, visit, frame
        night, observing, tonight
        catalog, table, schema
        pattern, top, frequent, common
        trend, history, evolution, time series
        compare, difference, diff, versus
        event, collision
        simulation, monte carlo, mc, simulated
        reconstruction, reco
        slice, chunk, time frame, tf
        detector, subsystem, subdetector
        namespace, testbed
        memory, remember, recall
        save, record, store
        talk, conversation, chat, dialog
        permission, role, right, access
        """

    private static let table: [String: [String]] = {
        var table: [String: [String]] = [:]
        for line in lines.split(separator: "\n") {
            let terms = line.split(separator: ",").map { way in
                way.split(separator: " ").map { Stemmer.stem($0.utf8) }.joined(separator: " ")
            }
            for term in terms {
                table[term, default: []] += terms.filter { $0 != term && !(table[term]?.contains($0) ?? false) }
            }
        }
        return table
    }()

    private static let phraseBeginnings = Set(
        table.keys.filter { $0.contains(" ") }.map { String($0.prefix { $0 != " " }) }
    )
}
