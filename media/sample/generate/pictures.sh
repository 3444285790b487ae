#!/bin/bash
# Pictures and a film, as people send them by MMS.
source "$(dirname "$0")/lib.sh"

draw() { screenshot "$here/pictures/$1.html" "$work/$1.png" "$2" "$3" 1; }
jpeg() { magick "$work/$1.png" -seed 1 -attenuate 0.08 +noise Gaussian -strip -interlace Plane -sampling-factor 4:2:0 -quality "$3" "$media/$2"; }
png() { magick "$work/$1.png" -strip +dither -colors 64 -define png:compression-level=9 "PNG8:$media/$2"; }

draw sunset 1200 800
jpeg sunset site-sunset.jpg 72
draw whiteboard 1200 900
jpeg whiteboard whiteboard.jpg 66
draw tiles 1000 750
jpeg tiles tile-samples.jpg 70
draw stair 768 1024
jpeg stair stair.jpg 74
draw sitePlan 1000 750
png sitePlan site-plan.png
draw budget 960 600
png budget budget.png

draw biscuit 3840 320
magick "$work/biscuit.png" -crop 320x320 +repage -set delay 9 -loop 0 +dither -colors 32 -layers Optimize "$media/biscuit.gif"

draw pendant 3600 1620
magick "$work/pendant.png" -crop 360x270 +repage "$work/pendant-%02d.png"
# The hum of the lamp stands for the microphone of a telephone.
ffmpeg -v error -y -framerate 15 -i "$work/pendant-%02d.png" -f lavfi \
  -i "aevalsrc='0.12*sin(2*PI*120*t)+0.05*sin(2*PI*240*t)+0.02*(random(0)-0.5)':s=22050:d=4" \
  -codec:v libx264 -profile:v baseline -level 3.0 -pix_fmt yuv420p -crf 27 -preset veryslow \
  -codec:a aac -b:a 24k -ac 1 -bitexact -map_metadata -1 -movflags +faststart "$media/pendant.mp4"
