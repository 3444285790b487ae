# Shared by the scripts of this folder: where things are, and pages to pixels.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
media=$(dirname "$here")
project=$(cd "$here/../../.." && pwd)
# The project's own Node reads TypeScript.
PATH="$project/node_modules/.bin:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Debian's ImageMagick, whatever else the PATH calls `convert`.
magick() { /usr/bin/convert "$@"; }

# screenshot PAGE.html OUT.png WIDTH HEIGHT SCALE: CSS pixels and device pixels per CSS pixel.
screenshot() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor="$5" \
    --window-size="$3,$(($4 + 200))" --virtual-time-budget=3000 --screenshot="$2" "file://$1" >/dev/null 2>&1
  magick "$2" -crop "$(($3 * $5))x$(($4 * $5))+0+0" +repage "$2"
}
