import { curtis, dana, harriet, marguerite, noor, sal, someoneInBoise, someoneInRedmond } from '../people';
import { justNow, me, on, type Script, speaker } from '../script';

const danaSays = speaker(dana);
const danaConversation: Script = {
  type: 'SMS',
  others: [dana],
  sessions: [
    on(
      44,
      '10:10',
      danaSays('Hi, it’s Dana. I have thought about the tile'),
      me('Slate on the floor, sea green in the shower?'),
      danaSays('That was yesterday. Now I think terracotta'),
      me('Terracotta is lovely. It also drinks. Shall I bring samples?'),
      danaSays('Please. ALL of them 😅'),
    ),
    on(
      43,
      '14:22',
      me('Twelve of them, on your table.', { media: ['tile-samples.jpg'] }),
      danaSays('They look different in the evening'),
      danaSays('And different again with the lamp on. Is that allowed?'),
      me('Most honest thing about tile. Keep them a week.'),
    ),
    on(36, '19:30', danaSays('Sea green. Final. You can write it down'), me('Written down. In pencil 🙂')),
    on(
      22,
      '08:02',
      me('Morning Dana, the agreement is on its way by fax, page two is the tile schedule.', {
        status: 'DeliveryFailed',
        errorCode: 'SMS-CAR-412',
      }),
      me('Morning Dana, trying again: the agreement is on its way by fax, page two is the tile schedule.'),
      danaSays('Sorry, my phone was in the pool. Well, the pool was in my phone. Got it now'),
    ),
    on(
      11,
      '20:18',
      danaSays('The cat has discovered the stairs. Signing tomorrow morning, before I change my mind'),
      me('Whenever you are sure. The oak will wait.'),
    ),
    on(
      2,
      '16:45',
      me(
        'The green tiles come on Friday, we start Monday. Stairs will be covered, gone by five, cat downstairs.',
      ),
      danaSays('Cat has been informed. Cat objects'),
    ),
    justNow(95, danaSays('Hypothetically. What if the niche was slate', { unread: true })),
  ],
};

const noorSays = speaker(noor);
const noorConversation: Script = {
  type: 'SMS',
  others: [noor],
  sessions: [
    on(
      38,
      '11:00',
      noorSays('مرحباً! هل وصلت عينات الخشب؟'),
      me('They did! They smell wonderful. Walnut, oak and cherry.'),
      noorSays('شكراً جزيلاً 🙏 أمي تفضّل الجوز، وأنا أفضّل البلوط. ماذا نفعل؟'),
      me('Walnut where she sits, oak where you walk?'),
      noorSays('حلّ دبلوماسي 😄 موافقة!'),
    ),
    on(
      25,
      '15:12',
      noorSays('موعدنا الساعة 10:30 يوم الثلاثاء في 18 Alder Street، صحيح؟ أريد أن أرى الدرج قبل أن أقرّر.'),
      me('Yes, Tuesday 10:30. Maya is happy to show it.'),
      noorSays('ممتاز، إلى اللقاء'),
    ),
    on(
      24,
      '13:30',
      noorSays('الدرج جميل جداً! والكلب أجمل 🐶'),
      me('He knows. Drawings for your courtyard by the end of next week.'),
    ),
    on(
      10,
      '09:40',
      me('Here they are: https://plans.example/haddad/courtyard.pdf'),
      noorSays('رأيتها مع أمي. بكت قليلاً عند النافورة. هذا يعني أنها موافقة ❤️'),
    ),
  ],
};

const margueriteSays = speaker(marguerite);
const margueriteConversation: Script = {
  type: 'SMS',
  others: [marguerite],
  sessions: [
    on(
      4,
      '10:36',
      margueriteSays(
        `Dear {me}, I hope a long message is all right, I was taught to write letters. I saw the house on Alder Street from the sidewalk, and then its owner saw me, and then I was inside with a piece of apple cake, which is how I have your number.

My grandmother's house stands on the river, forty minutes from you. She was a seamstress. The room where she worked looks north, and the floor is full of pins: they fell between the boards for fifty years, and when the sun is low in June you can see them glitter. My brother wants to put in carpet. I would like to keep the pins.

What the house needs, as far as I can tell: the north windows do not close any more; the kitchen tap answers only to my uncle; there is one outlet upstairs and it hums; the porch has a step that everybody in the family jumps over without thinking, so that I noticed it only when a guest fell. I do not want a new house. I want this one, with a tap for everyone and a step for guests.

There is some money, not a great deal, and there is no hurry at all. She was never in a hurry. If you could come and look, one day when you are passing, I would make lunch. I make a good lunch. And please bring the dog; there was always a dog.

With warm regards,
Marguerite Oyelaran`,
      ),
      me(
        'Dear Marguerite, thank you for the letter. Nobody will put carpet on those pins. Would Thursday in two weeks be good? The dog says yes.',
      ),
      margueriteSays('Thursday in two weeks is perfect. Lunch at noon. I shall tell the step'),
    ),
  ],
};

const harrietSays = speaker(harriet);
const harrietConversation: Script = {
  type: 'SMS',
  others: [harriet],
  sessions: [
    on(
      31,
      '08:10',
      harrietSays(
        'Good afternoon from London! Would you consult on a barn? Only the staircase, I have people for the rest.',
      ),
      me('Good morning from Bend! Send a section and I’ll tell you honestly.', { status: 'Sent' }),
      harrietSays('Section is in your e-mail. It is 3.2 metres floor to floor and there is an owl.'),
      me('Then the stair goes where the owl isn’t.'),
    ),
    on(
      18,
      '08:40',
      me('Sketch is in your mail. 17 risers at 188 mm.', { status: 'Sent' }),
      harrietSays('Splendid. The owl approves, I think.'),
    ),
  ],
};

/** He called from a landline. */
const curtisConversation: Script = {
  type: 'SMS',
  others: [curtis],
  sessions: [
    on(
      7,
      '12:50',
      me('Hi Curtis, thanks for your voicemail. We would love to see the 1962 kitchen. Saturday?', {
        status: 'SendingFailed',
        errorCode: 'SMS-UP-410',
      }),
      me('Note: that number may be a landline. Call instead.', {
        status: 'SendingFailed',
        errorCode: 'SMS-UP-410',
      }),
    ),
  ],
};

const salSays = speaker(sal);
/** From before the mailbox was moved to the new system. */
const salConversation: Script = {
  type: 'SMS',
  others: [sal],
  oldFormat: true,
  sessions: [
    on(
      61,
      '14:00',
      salSays('Thanks for the shed. My wife says it is nicer than the house'),
      me('Tell her we can fix the house too.', { media: ['offer.rtf'] }),
      salSays('Funny guy. How much'),
    ),
    on(60, '10:45', me('Depends. Which corner?'), salSays('All four'), me('I’ll come by in spring.')),
  ],
};

const redmondSays = speaker(someoneInRedmond);
const boiseSays = speaker(someoneInBoise);
const strangers: readonly Script[] = [
  {
    type: 'SMS',
    others: [someoneInRedmond],
    sessions: [
      on(
        14,
        '19:47',
        redmondSays('is this the guy w the dog'),
        me('This is the office of the dog, yes. How can we help?'),
        redmondSays('ur dog is in my yard. hes fine. eating my tomatoes'),
        me('On our way. We will replace the tomatoes.'),
        redmondSays('nah he can have em. good dog'),
      ),
    ],
  },
  {
    type: 'SMS',
    others: [someoneInBoise],
    sessions: [
      on(5, '13:01', boiseSays('Happy birthday Aunt Clara!!! 🎂🎈', { unread: true })),
      on(
        5,
        '15:20',
        boiseSays('CONGRATULATIONS you have been selected for a FREE gutter inspection. Reply YES', {
          deletedHoursAgo: 74,
        }),
      ),
    ],
  },
];

export const clientConversations: readonly Script[] = [
  danaConversation,
  noorConversation,
  margueriteConversation,
  harrietConversation,
  curtisConversation,
  salConversation,
  ...strangers,
];
