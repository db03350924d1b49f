"""Tools that know no agency word: database, clock, money, words, journal, states, policy, web, PDF, mail, queue."""
