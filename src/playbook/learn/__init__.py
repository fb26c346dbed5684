"""What a learner meets: the lesson's card, exercises, hints, solutions and the memo."""
