#!/bin/bash
# Fax pages: HTML, drawn at 204 × 196 dpi, made black and white, and packed the way fax servers pack them.
source "$(dirname "$0")/lib.sh"

# pages NAME COUNT: $work/NAME-1.png … of 1728 × 2156 pixels in grey.
pages() {
  screenshot "$here/faxes/$1.html" "$work/$1.png" 864 $((1078 * $2)) 2
  local page
  for page in $(seq "$2"); do
    magick "$work/$1.png" -crop "1728x2156+0+$(((page - 1) * 2156))" +repage -colorspace Gray "$work/$1-$page.png"
  done
}

# ink NAME PAGE VERTICAL_DPI [TILT]: one black and white page; a low resolution halves the lines.
ink() {
  local squeeze=()
  if [ "$3" = 98 ]; then squeeze=(-resize '100%x50%!'); fi
  magick "$work/$1-$2.png" -background white -distort SRT "${4:-0}" "${squeeze[@]}" -alpha off -threshold 62% \
    -density "204x$3" -units PixelsPerInch -define quantum:polarity=min-is-white -compress Group4 "$work/$1-$2.tif"
}

# fax NAME COUNT VERTICAL_DPI COMPRESSION FILE [tiffcp options]: the TIFF file as a fax server stores it.
fax() {
  local name=$1 count=$2 dpi=$3 compression=$4 file=$5 page inputs=()
  shift 5
  pages "$name" "$count"
  for page in $(seq "$count"); do
    ink "$name" "$page" "$dpi"
    inputs+=("$work/$name-$page.tif")
  done
  tiffcp -c "$compression" -r 0 "$@" "${inputs[@]}" "$media/$file"
}

fax timberQuote 3 196 g3:2d fax-timber-quote.tif
fax permitReview 2 98 g3:1d fax-permit-review.tif
fax survey 2 196 g4 fax-survey.tif -f lsb2msb
fax lunch 1 98 g4 fax-lunch-menu.tif

# A scan that became a PDF of CCITT Group 4 pages.
fax insurance 2 196 g4 insurance.tif
tiff2pdf -p letter -F -e 20260101000000 -o "$media/fax-insurance.pdf" "$media/insurance.tif"
rm "$media/insurance.tif"

# A slightly crooked scan that became a PDF of JBIG2 pages.
pages agreement 2
ink agreement 1 196 0.35
ink agreement 2 196 -0.25
for page in 1 2; do magick "$work/agreement-$page.tif" "$work/agreement-$page.pbm"; done
node "$here/jbig2Pdf.mjs" "$media/fax-agreement.pdf" "$work/agreement-1.pbm" "$work/agreement-2.pbm"

# A document with text in it, as one sends it from a computer.
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$work/change.pdf" \
  "file://$here/faxes/changeOrder.html" >/dev/null 2>&1
gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -dCompatibilityLevel=1.5 -dPDFSETTINGS=/ebook \
  -dOmitInfoDate=true -dOmitID=true -dOmitXMP=true -sOutputFile="$media/fax-change-order.pdf" "$work/change.pdf"
