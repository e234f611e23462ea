# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./run where there is no display: the main job on the command line, step by step, against the
# embedded demo API, and a picture of the window drawn off screen. Each step checks what it got.

cli=$root/build/release/claimcheck-cli
work=$root/build/headless
demo=
demo_pid=

heading() { printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi; }
shown() { printf '$ %s\n' "$*"; }
stop_demo() { [ -z "$demo_pid" ] || kill "$demo_pid" 2>/dev/null || true; }

# wait_for_url FILE: the first URL that the demo API prints.
wait_for_url() {
    local tries
    for tries in $(seq 100); do
        demo=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' "$1" || true)
        [ -n "$demo" ] && return
        kill -0 "$demo_pid" 2>/dev/null || stop "the demo API ended at once: $(cat "$1")"
        sleep 0.05
    done
    stop "the demo API did not say its URL within 5 s"
}

start_demo() {
    heading "A small API to try things on, embedded in the program"
    shown claimcheck-cli demo
    "$cli" demo >"$work/demo.log" 2>&1 </dev/null &
    demo_pid=$!
    trap stop_demo EXIT
    wait_for_url "$work/demo.log"
    cat "$work/demo.log"
}

log_in() {
    heading "Log in and look into the token that comes back"
    shown "echo demo | claimcheck-cli login --url $demo/login --user demo --password-stdin --secret-env DEMO_SECRET"
    echo demo | "$cli" login --url "$demo/login" --user demo --password-stdin --secret-env DEMO_SECRET
    token=$(echo demo | "$cli" login --quiet --url "$demo/login" --user demo --password-stdin --print token)
}

decode_and_verify() {
    heading "Decode it: what does it say?"
    shown "claimcheck-cli token decode \$TOKEN"
    printf '%s' "$token" | "$cli" token decode -
    heading "Verify it with the secret of the API: is it true?"
    shown "claimcheck-cli token verify \$TOKEN --secret-env DEMO_SECRET"
    printf '%s' "$token" | "$cli" token verify - --secret-env DEMO_SECRET
}

# call STATUS [OPTION…]: GET /protected, expecting this status. Standard input is the token, if one is read.
call() {
    local expected=$1 answer
    shift
    answer=$("$cli" send GET "$demo/protected" -i "$@") || stop "no answer came from $demo/protected"
    printf '%s\n' "$answer"
    case ${answer%%$'\n'*} in
        *" $expected "*) ;;
        *) stop "expected status $expected from $demo/protected, got: ${answer%%$'\n'*}" ;;
    esac
}

call_protected() {
    heading "Call the protected route with the raw token in Authorization"
    shown "claimcheck-cli send GET $demo/protected -i --raw-token \$TOKEN"
    printf '%s' "$token" | call 200 --raw-token -
    heading "The same with one letter of the claims changed: refused"
    local claims=${token#*.} tampered
    case $claims in e*) tampered=${token%%.*}.f${claims#?} ;; *) tampered=${token%%.*}.e${claims#?} ;; esac
    shown "claimcheck-cli send GET $demo/protected -i --raw-token \$TAMPERED"
    printf '%s' "$tampered" | call 401 --raw-token -
    heading "And without a token: refused"
    shown "claimcheck-cli send GET $demo/protected -i"
    call 403 </dev/null
}

verify_by_published_key() {
    heading "A token signed with a private key, verified with the key that the API publishes"
    shown "claimcheck-cli send GET $demo/.well-known/jwks.json -o jwks.json"
    "$cli" send GET "$demo/.well-known/jwks.json" -o "$work/jwks.json"
    shown "claimcheck-cli login --url $demo/es256/login … --print token | claimcheck-cli token verify - --key jwks.json"
    echo demo | "$cli" login --quiet --url "$demo/es256/login" --user demo --password-stdin --print token |
        "$cli" token verify - --key "$work/jwks.json"
}

picture() {
    heading "The window, drawn off screen"
    shown "claimcheck --screenshot build/headless/window.png --scene work"
    QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES='qt.qpa.*=false' XDG_RUNTIME_DIR="$work" \
        "$root/build/release/claimcheck" --screenshot "$work/window.png" --scene work </dev/null
    [ -s "$work/window.png" ] || stop "the window left no picture at $work/window.png"
    printf 'Screenshot: %s\n' "$work/window.png"
}

main_job() {
    mkdir -p "$work/config" "$work/data" "$work/cache" "$work/tmp"
    chmod 700 "$work"
    export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/data
    export TMPDIR=$work/tmp DEMO_SECRET=your_secret_key
    say "No display: the main job on the command line"
    start_demo
    log_in
    decode_and_verify
    call_protected
    verify_by_published_key
    picture
    heading "Done. With a display, ./run opens the window; claimcheck-cli --help lists every command."
}
