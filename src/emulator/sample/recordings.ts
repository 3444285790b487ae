/**
 * What is said in the voicemail recordings of media/sample, by file name. The recordings are spoken from these words
 * (media/sample/generate), and the transcriptions repeat them.
 */
export const recordings = {
  'voicemail-maya.wav':
    'Hi, it is Maya. The cabinet doors came this morning, and they are lovely. Come and see them when you can.',
  'voicemail-jonas.wav':
    'Good morning, Jonas from Brackenmoor Timber. Your six sash windows are on the truck. The driver should be with you before ten.',
  'voicemail-ben.wav':
    'It is Ben. Please call me back right away. The panel at Alder Street is live, and the painters are in. I have taped it off, but nobody should touch it until I am there.',
  'voicemail-inspector.wav':
    'Inspector Hale here. I will be at the Alder Street house on Wednesday, between nine and noon. Please leave the framing open.',
  'voicemail-eleanor.mp3':
    'Hello dear, it is Eleanor from next door. Please thank your crew for mending my gate. I have left a lemon cake on the wall for them. Mind the squirrels.',
  'voicemail-rosa.mp3':
    'This is Rosa at the county building counter. Your permit for Alder Street is approved. You can pick it up at window four, any weekday between eight and four.',
  'voicemail-curtis.mp3':
    'Hi, my name is Curtis Bell. We just bought an old farmhouse, and the kitchen is from nineteen sixty two. A friend said you are the people to call. We are home most evenings.',
  'voicemail-dentist.mp3':
    'This is a reminder from Doctor Quist. You have a cleaning on Thursday, at half past two. Please call us if you need another time.',
  'voicemail-ruth.mp3':
    'It is only me. No need to call back. Your father found the old level in the garage, the brass one, and he wants you to have it. Come for dinner on Sunday. Bring the dog.',
  'voicemail-dana.mp3':
    'Hi, Dana here. I changed my mind about the tile again. I am sorry. Can we go with the sea green one, the one by the window? Thank you for being so patient.',
  'voicemail-kenji.mp3':
    'Hello, this is Kenji Morita. I am in town until Friday, and I would love to see the stair before you oil it. I will bring the shavings you asked for.',
  'voicemail-wei.mp3':
    'Hello, this is Lin Wei. Your green tiles arrive on Friday, forty boxes. I have two boxes of the blue left over. Shall I put them on the same truck?',
} as const satisfies Record<string, string>;

export type RecordingFile = keyof typeof recordings;
