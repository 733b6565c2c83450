package import Reporting

extension KnownNames {
    /// The JSON Schema of `hooks.toml`, for editors.
    package var schema: JSON {
        .object(
            [
                ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
                ("title", .string("hooks.toml")),
            ] + Configuration.table.schema(self) + [
                ("$defs", .object([("job", .object(JobSettings.table.schema(self)))]))
            ])
    }
}

extension Configuration {
    /// The tables of `docs/configuration.md`, each below the comment that names it.
    package static var keys: [(title: String, markdown: String)] {
        [
            ("the top", table.markdown), ("[protect]", Protect.table.markdown),
            ("[tools]", Table([ToolSettings.warm]).markdown),
            ("[tools.NAME]", Pin.table.markdown), ("[jobs.NAME]", JobSettings.table.markdown),
            ("[hooks]", hooks.markdown), ("[fix]", FixPolicy.table.markdown),
            ("[ship]", ShipSettings.table.markdown), ("[ci]", TriggerSettings.table.markdown),
            ("[log]", LogSettings.table.markdown),
            ("hooks.local.toml", PersonalConfiguration.table.markdown),
        ]
    }
}
