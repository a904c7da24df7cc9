package import PluginKit

/// Words of people for what documents about PanDA call otherwise.
package enum PanDAWords {
    package static let synonyms: [[String]] = [
        ["retry", "resubmit", "rerun", "try again"],
        ["kill", "abort", "cancel", "stop", "terminate"],
        ["log", "logfile", "stdout", "stderr", "output of the program"],
        ["memory", "ram", "rss"],
        ["storage", "disk", "disk space", "quota"],
        ["queue", "site", "resource"],
        ["pilot", "worker"],
        ["wall time", "walltime", "run time", "duration"],
        ["sign in", "log in", "login", "authenticate", "authentication", "credential"],
        ["permission", "group", "role", "authorization"],
        ["hyperparameter", "hpo", "hyperparameter optimisation", "hyperparameter optimization"],
        ["workflow", "chain", "dag"],
        ["downtime", "maintenance", "outage"],
        ["multicore", "cores", "mcore"],
        ["container", "image", "docker", "apptainer", "singularity"],
        ["submit", "send", "launch"],
        ["stage-in", "copied", "input could not be copied", "transfer"],
        ["priority", "share", "fair share"],
        ["help", "support", "ticket", "contact"],
        ["dataset", "data set", "did"],
        ["brokerage", "brokering", "chosen", "site selection"],
    ]

    /// Where PanDA's own documentation answers what is asked most.
    package static let entries: [DocumentCollection.Entry] = [
        .see(
            ["How do I submit a job to the grid?", "How can I run my program on the grid?", "send jobs to PanDA"],
            document: "client/prun.rst"
        ),
        .see(
            ["How do I retry or kill my tasks?", "How do I manage my tasks from the command line?"],
            document: "client/pbook.rst"
        ),
        .see(
            ["How do I do hyperparameter optimisation on the grid?", "How do I tune a model on the grid?"],
            document: "client/phpo.rst"
        ),
    ]
}
