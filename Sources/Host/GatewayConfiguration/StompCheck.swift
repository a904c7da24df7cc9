import GatewayCore

/// What no single key of a message broker shows.
enum StompCheck {
    static func faults(of settings: StompSettings, at place: ConfigurationPlace) -> [ConfigurationFault] {
        var faults = settings.destinations.compactMap { text -> ConfigurationFault? in
            guard DestinationRule(text) == nil else { return nil }
            return ConfigurationFault(
                place.appending("destinations"),
                "`\(text)` is no destination: at most \(DestinationRule.longest) visible characters, and a `*` at its end only"
            )
        }
        // Sixty-four characters are room for what makes the name of a queue unlike every other.
        if DestinationRule(settings.replyPrefix + "*") == nil
            || settings.replyPrefix.utf8.count > DestinationRule.longest - 64
        {
            faults.append(
                ConfigurationFault(
                    place.appending("reply_prefix"),
                    "must be the beginning of a destination, such as `/queue/beamline.reply.`"
                )
            )
        }
        if settings.password != nil, settings.user == nil {
            faults.append(ConfigurationFault(place.appending("password"), "needs `user`"))
        }
        if settings.user != nil, settings.password == nil {
            faults.append(ConfigurationFault(place.appending("user"), "needs `password`"))
        }
        if settings.authoritiesFile != nil, !settings.isEncrypted {
            faults.append(ConfigurationFault(place.appending("ca"), "needs `tls: true`"))
        }
        if settings.bufferedBytes < settings.maximumBytes {
            faults.append(
                ConfigurationFault(
                    place.appending("buffered_bytes"),
                    "is less than `maximum_bytes`, so that the longest message would never be taken"
                )
            )
        }
        return faults
    }
}
