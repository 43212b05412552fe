"""Commands on the web: a form, a refusal and an answer for each of them, made from its declaration."""
