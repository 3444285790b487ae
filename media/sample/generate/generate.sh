#!/bin/bash
# Makes every generated file of media/sample anew, and measures them all. See README.md.
set -euo pipefail
cd "$(dirname "$0")"
./voicemails.sh
./faxes.sh
./pictures.sh
PATH="$PWD/../../../node_modules/.bin:$PATH" node measure.mjs
