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
run ask "Vem valdes till sekreterare på Sjöstråkets möte i Granmyra den 6 oktober 2023?"
run ask "Vem fick i uppdrag att se över parkeringsavgifterna?"
run ask "När är nästa möte i Föreningen Ladan efter den 15 april 2024?"
run ask "Who was elected chair of Föreningen Ladan at the annual meeting in 2024?"
run ask "Hur många kronor kostar tekniska nämndens nya kontorshus?"
run search "parkeringsavgifter" --limit 3
run documents --kind minutes --body "tekniska nämnden"
