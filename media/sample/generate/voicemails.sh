#!/bin/bash
# Voicemails: the words of src/emulator/sample/recordings.ts, spoken by flite, through a telephone line.
source "$(dirname "$0")/lib.sh"

# say FILE VOICE TEMPO PITCH [ffmpeg encoder options]: tempo as a factor, pitch in hundredths of a semitone.
say() {
  local file=$1 voice=$2 tempo=$3 pitch=$4
  shift 4
  node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --input-type=module -e "
    import { recordings } from '$project/src/emulator/sample/recordings.ts';
    process.stdout.write(recordings['$file']);" >"$work/words.txt"
  ffmpeg -v error -y -f lavfi -i "flite=textfile=$work/words.txt:voice=$voice" "$work/spoken.wav"
  sox -R "$work/spoken.wav" "$work/line.wav" tempo -s "$tempo" pitch "$pitch" rate 8000 highpass 250 lowpass 3400 \
    gain -n -4 pad 0.3 0.4
  ffmpeg -v error -y -i "$work/line.wav" -bitexact -map_metadata -1 "$@" "$media/$file"
}

mp3=(-codec:a libmp3lame -ar 8000 -ac 1 -b:a 16k)

say voicemail-maya.wav slt 1.02 60 -codec:a pcm_s16le
say voicemail-jonas.wav rms 0.97 -80 -codec:a pcm_mulaw
say voicemail-ben.wav awb 1.05 0 -codec:a pcm_mulaw
say voicemail-inspector.wav kal16 1 -120 -codec:a gsm_ms
say voicemail-eleanor.mp3 slt 0.88 -180 "${mp3[@]}"
say voicemail-rosa.mp3 slt 1.06 -60 "${mp3[@]}"
say voicemail-curtis.mp3 kal16 1.02 60 "${mp3[@]}"
say voicemail-dentist.mp3 slt 1 140 "${mp3[@]}"
say voicemail-ruth.mp3 slt 0.94 -260 "${mp3[@]}"
say voicemail-dana.mp3 slt 1.12 180 "${mp3[@]}"
say voicemail-kenji.mp3 rms 0.92 90 "${mp3[@]}"
say voicemail-wei.mp3 slt 0.96 260 "${mp3[@]}"

# Somebody's pocket: wind, cloth, and a voice too far away to make out.
echo 'No, put the ladder on the other side. The other side. There you go.' >"$work/words.txt"
ffmpeg -v error -y -f lavfi -i "flite=textfile=$work/words.txt:voice=rms" "$work/far.wav"
sox -R "$work/far.wav" "$work/muffled.wav" rate 8000 lowpass 500 gain -n -16 pad 0.8 1.2
sox -R -n -r 8000 "$work/wind.wav" synth "$(soxi -D "$work/muffled.wav")" brownnoise tremolo 0.6 60 gain -n -12
sox -R -m "$work/muffled.wav" "$work/wind.wav" "$work/pocket.wav" gain -n -6
ffmpeg -v error -y -i "$work/pocket.wav" -bitexact -map_metadata -1 "${mp3[@]}" "$media/voicemail-pocket.mp3"
