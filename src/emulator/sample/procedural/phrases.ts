import type { Random } from '../random';

const fillings: Readonly<Record<string, readonly string[]>> = {
  thing: [
    'the drawings',
    'the beam',
    'the oak',
    'the window order',
    'the deck',
    'the gutter',
    'the porch step',
    'the back door',
    'the tile',
    'the paint',
    'the countertop',
    'the railing',
    'the skylight',
    'the sink',
    'the fence',
    'the boiler',
    'the shelves',
    'the hinges',
  ],
  day: [
    'today',
    'tomorrow',
    'on Monday',
    'on Tuesday',
    'on Wednesday',
    'on Thursday',
    'on Friday',
    'next week',
  ],
  time: [
    'at seven',
    'at 8:30',
    'around nine',
    'before noon',
    'after lunch',
    'at two',
    'around four',
    'by five',
  ],
  color: ['sage', 'oxblood', 'chalk white', 'slate', 'butter yellow', 'moss', 'indigo', 'terracotta'],
  count: ['two', 'three', 'four', 'six', 'eight', 'a dozen', 'fourteen', 'twenty'],
  code: ['AB-1204', 'K7-330', 'PL-0098', 'Q-5521', 'S-77', 'ZT-4410', 'W-19', 'N-2008'],
};

const received = [
  'Hi, any news about {thing}?',
  'Could you come by {day} {time}?',
  'We are thinking {color} for {thing}. Too much?',
  'The delivery came, {count} boxes. Is that all of it?',
  'Thank you so much, {thing} looks wonderful 😍',
  'Who has the key {day}?',
  'The inspector called, he comes {day} {time}.',
  'Something drips near {thing}. Not badly. But it drips.',
  'My wife says {color}. I say {color}. Help.',
  'Can you send me the number of that supplier again?',
  'Invoice received, paid {day}.',
  'Sorry, I was on a ladder. What did you say?',
  'Is it normal that {thing} makes a sound?',
  'Yes',
  'No rush!',
  '👍',
  'Perfect, see you {day} {time}.',
  'We measured again, it is {count} inches more than we thought.',
  'The neighbors love it. They want your card.',
  'Ref. {code}: your order ships {day}.',
  'Ok but the cat has to like it too',
  'Here is the link you wanted: https://plans.example/{code}',
  'Can we push it to {day}? My mother is visiting.',
  'I found {count} more of those old tiles in the attic!',
  'Quick question, is {thing} included in the price?',
  'Good morning! Coffee is on the porch for everybody ☕',
];

const sent = [
  'Good morning! {thing} is ready {day}.',
  'We can be there {day} {time}, does that work?',
  '{color} would be lovely in that light.',
  'Yes, all of it. {count} is right.',
  'Thank you! That made the crew’s day.',
  'Key is in the lockbox, same code as always.',
  'I’ll look at it {day} {time}.',
  'Put a bucket under it, we come {day}.',
  'Send a picture if you can?',
  'Number is on page two of the quote, {code}.',
  'Received, thank you!',
  'No problem at all.',
  'It is normal. It stops after the first winter.',
  'See you {day}!',
  'We’ll order {count} more, to be safe.',
  'The drawings are here: https://plans.example/{code}',
  'Of course, {day} is fine.',
  'Please keep those tiles, they are older than both of us.',
  'It is included.',
  'On our way.',
];

const transcriptions = [
  'Hello, I am calling about {thing}. Could you call me back {day}? Thank you.',
  'Hi, it is me again. We decided on {color}. Please order {count}. Bye.',
  'Good morning, your order {code} is ready. You can pick it up {day}, {time}.',
];

const pagers = [
  'Anybody seen the long level?',
  'Truck {code} is back in the yard.',
  'Need {count} hands {day} {time}.',
  '{thing} is done.',
  'Lunch?',
  'Client asks for {color}. Tell me no.',
  'Please sign {code} before five.',
  'Rain {day}, bring the covers.',
];

export type PhraseKind = 'received' | 'sent' | 'pager' | 'transcription';

const phrases: Readonly<Record<PhraseKind, readonly string[]>> = {
  received,
  sent,
  pager: pagers,
  transcription: transcriptions,
};

/** A sentence of that kind, with words of its own filled in. */
export function phrase(kind: PhraseKind, random: Random): string {
  const sentence = random
    .pick(phrases[kind])
    .replace(/\{(\w+)\}/g, (_, slot: string) => random.pick(fillings[slot] ?? ['']));
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
