"""Words and figures for people: languages, sentences, quantities as they are typed and said."""
