#!/bin/sh
# The demonstration of `make demo`: the invented sample minutes, and questions about them.
set -eu
klubbat="$BIN/klubbat"
export KLUBBAT_ARCHIVE="$ARCHIVE"

run() {
    printf '\n\033[2m$ klubbat'
    for word in "$@"; do
        case "$word" in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\033[0m\n'
    # Exit code 1 says that nothing was found: for one of the questions that is the right answer.
    "$klubbat" "$@" || [ $? -eq 1 ]
}

run add corpus/samples
run ask "Vem valdes att justera Sjöstråkets protokoll i oktober 2023?"
run ask "Vem fick i uppdrag att se över parkeringsavgifterna?"
run ask "Vad beslutade Sjöstråket om medlemsavgiften från och med 2025?"
run ask "Who leads the trial with Sjökortet in the summer of 2024?"
run ask "Vad kostade lunchen på årsmötet?"
run search "parkeringsavgifter" --limit 3
run actions --body "tekniska nämnden"
run documents --kind minutes --body "tekniska nämnden"
