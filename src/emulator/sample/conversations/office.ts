import { ben, fieldCrew, imani, priya, tomas, workshop } from '../people';
import { justNow, me, on, type Script, speaker } from '../script';

const tomasSays = speaker(tomas);
const priyaSays = speaker(priya);
const benSays = speaker(ben);
const imaniSays = speaker(imani);
const workshopSays = speaker(workshop);

/** A group MMS. */
const crewGroup: Script = {
  type: 'SMS',
  others: [tomas, priya, ben],
  sessions: [
    on(
      26,
      '06:45',
      me('Group for Alder Street, so that nobody has to ask anybody twice.'),
      tomasSays('👍'),
      priyaSays('👋 Drawings always newest here: https://plans.example/alder-street'),
      benSays('Is this the one where we vote on lunch'),
      me('It is now.'),
    ),
    on(
      20,
      '11:50',
      priyaSays(
        'New stair, twelve risers, seven and a quarter. Please throw away everything older than today.',
      ),
      tomasSays('Old ones are already kindling'),
      benSays('Switch at the top or at the bottom?'),
      priyaSays('Both. It’s a stair, Ben.'),
    ),
    on(
      5,
      '15:33',
      tomasSays('Friday’s truck, so we don’t forget', { media: ['materials.txt'] }),
      priyaSays('Dog biscuits are on a materials list 😂'),
      me('Approved.'),
    ),
    justNow(
      66,
      tomasSays('Counter is sanded, 220, smooth as a river stone. Who has the oil?'),
      me('We do. Ten minutes.'),
      benSays('Bring tea', { unread: true }),
      tomasSays(undefined, { media: ['biscuit.gif'], unread: true }),
    ),
  ],
};

const tomasPager: Script = {
  type: 'Pager',
  others: [tomas],
  sessions: [
    on(
      45,
      '07:02',
      tomasSays('Keys for Alder Street are where?'),
      me('Hook 18. Green tag.'),
      tomasSays('Hook 18 has the shed key'),
      me('Then hook 19. Somebody moved them by one.'),
      tomasSays('Found. Somebody = Biscuit, there are teeth marks'),
    ),
    on(
      28,
      '08:14',
      tomasSays('Beam is here. Four men and one opinion each'),
      me('Yours counts.'),
      tomasSays('Up at nine then'),
      tomasSays('Up. Level. Not even the bubble complained'),
    ),
    on(
      19,
      '15:30',
      me('Can you look at Eleanor’s gate when you pass?'),
      tomasSays('Already have the hinge in the truck'),
    ),
    on(
      7,
      '10:05',
      tomasSays('Do we have the fine saw or does Sal still have it'),
      me('Sal still has it.'),
      tomasSays('Since last year'),
      me('He built a birdhouse. He sent a picture. I could not ask for it back.'),
    ),
    on(2, '12:31', tomasSays('Third stair is dry. You can walk on it. Tell Yael sorry about her shoe')),
    justNow(38, tomasSays('Inspector parked outside. He is smiling. Is that good?', { unread: true })),
  ],
};

const priyaPager: Script = {
  type: 'Pager',
  others: [priya],
  sessions: [
    on(
      39,
      '09:22',
      priyaSays('Setback on the south side is 5 ft or 7?'),
      me('7, Obi measured 7.4.'),
      priyaSays('Then the bench fits. With two inches for the cat'),
    ),
    on(
      21,
      '14:44',
      priyaSays('County wants 12 risers. I can make it fit if the landing goes up an inch and an eighth'),
      me('Do it. I call Maya.'),
      priyaSays('Tell her the window sill lines up now. It’s actually better'),
    ),
    on(
      10,
      '16:10',
      me('Noor’s mother cried at the fountain.'),
      priyaSays('Good cried?'),
      me('Good cried.'),
      priyaSays('☺️'),
    ),
    on(
      1,
      '11:25',
      priyaSays('Your mother called me to ask if I eat lamb'),
      me('I am so sorry.'),
      priyaSays('I do'),
    ),
  ],
};

const imaniPager: Script = {
  type: 'Pager',
  others: [imani],
  sessions: [
    on(
      54,
      '10:00',
      imaniSays('Bank said yes to the van.'),
      me('The green one?'),
      imaniSays('It is a van. It is white. We can paint it.'),
    ),
    on(
      12,
      '17:40',
      imaniSays('Quarter is done, we are in the black. I bought the good coffee.'),
      me('You are a wonder.'),
      imaniSays('I know. Sign the insurance thing please, it’s on your desk under the dog.'),
    ),
    on(
      3,
      '09:15',
      imaniSays('Old note, please ignore', { deletedHoursAgo: 20 }),
      imaniSays('Payroll goes out at noon, anything to add?'),
      me('Nothing. Thank you.'),
    ),
  ],
};

/** To the whole department. */
const crewPager: Script = {
  type: 'Pager',
  others: [fieldCrew],
  toDepartment: true,
  sessions: [
    on(25, '06:30', me('Ice on Larch Lane this morning. Slow trucks, please.')),
    on(11, '06:30', me('Safety shoes for everybody arrived, boxes are in the workshop by size.')),
    on(2, '16:30', me('Cake on Friday at Alder Street, three o’clock, all crews. You have earned it.')),
  ],
};

const workshopPager: Script = {
  type: 'Pager',
  others: [workshop],
  sessions: [
    on(9, '13:13', workshopSays('planer belt is gone again'), me('Which one, the 48?'), workshopSays('48')),
    on(8, '08:05', me('Two new belts on the bench.'), workshopSays('thx')),
  ],
};

export const officeConversations: readonly Script[] = [
  crewGroup,
  tomasPager,
  priyaPager,
  imaniPager,
  crewPager,
  workshopPager,
];
