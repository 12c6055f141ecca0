#!/usr/bin/env bash
# Shorten the scripts of templates/assets/js for their way to a phone, by terser, into templates/assets/short.
# Wants Node and a registry of npm packages; the results are committed, so that nobody else does. Each begins with the
# hash of what it was made of: a script that was changed since is sent as it stands until this is run again.

set -euo pipefail
cd "$(dirname "$0")/../templates/assets/js"

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
for script in *.js; do
    case $script in lunr.min.js) continue ;; sw.js) scope=--toplevel ;; *) scope= ;; esac
    {
        echo "// $(sha256sum <"$script" | cut -d' ' -f1)"
        npx --yes terser@5.44.1 --compress --mangle --ecma 2017 $scope <"$script"
    } >"$made/$script"
done
rm -f ../short/*.js
mv "$made"/*.js ../short/
