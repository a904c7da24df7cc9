/// Words that say nothing about what is looked for.
enum StopWords {
    static func contains(_ word: String) -> Bool { words.contains(word) }

    private static let words = Set(
        """
        a about after again all also am an and any anybody anyone are as at be been before being between both but by
        can could did do does doing done don else even ever every everything find for from further get gets getting
        give given go goes going got had has have having he help her here him his how i if in instead into is isn it
        its itself just know let ll look looking make may me might mine more most much must my need needs no not now of
        off often on one only or other our out over own please re s said say says see should show so some something
        somebody such t take tell than that the their them then there these they thing things this those through to
        today too unless until up us use used using ve very want wants was we well were what when where whether which
        while who whom whose why will with within without would yes yesterday you your
        day days daily last moment month months next week weeks year years seen
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
    )
}
