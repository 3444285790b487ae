import { ben, deliveries, dentist, jonas, kenji, wei, yael } from '../people';
import { justNow, me, on, type Script, speaker } from '../script';

const jonasSays = speaker(jonas);
const jonasConversation: Script = {
  type: 'SMS',
  others: [jonas],
  sessions: [
    on(
      47,
      '06:10',
      jonasSays('You up?'),
      me('I am now.'),
      jonasSays('Six sash windows, you said. Weights or springs?'),
      me('Which would you put in your own house?'),
      jonasSays('Weights.'),
      me('Then weights.'),
      jonasSays('Good. Quote comes by fax. I know, I know. The machine still works, so'),
    ),
    on(
      42,
      '06:25',
      me('Got the quote. The rail on the door is clever. Go ahead with all of it.'),
      jonasSays('Oak comes out of the shed today. Felled four winters ago, that one. Stood by the church'),
    ),
    on(
      29,
      '12:40',
      jonasSays('Frames are glued. Send somebody to look or trust me'),
      me('I trust you. Send a picture anyway?'),
      jonasSays('My phone does not do pictures'),
      me('Your phone does do pictures, Jonas.'),
      jonasSays('Then I do not'),
    ),
    on(
      16,
      '05:58',
      jonasSays('Loaded. The driver is my nephew. Careful boy. Leaves now'),
      me('Thank you! Maya will be there. She will offer him coffee.'),
      jonasSays('He drinks tea'),
    ),
    on(
      8,
      '17:15',
      me('They fit. All six, first try. Three sixteenths everywhere.'),
      jonasSays('Of course they fit'),
      jonasSays('But thank you for saying'),
    ),
    on(
      2,
      '06:31',
      jonasSays('There is enough of that oak left for a bench top. 9 feet. It should not go in the stove'),
      me('It should absolutely not go in the stove. How much?'),
      jonasSays('A cake. I hear there is a cake'),
    ),
  ],
};

const benSays = speaker(ben);
const benConversation: Script = {
  type: 'SMS',
  others: [ben],
  sessions: [
    on(
      37,
      '07:05',
      me(
        'Hi Ben, Alder Street needs rough electric in two weeks. 14 outlets, 9 lights, one very important kettle.',
      ),
      benSays('Kettle gets its own circuit. I don’t joke about tea'),
      benSays('My card, for the county form', { media: ['ben-castellano.vcf'] }),
      me('Thanks. Never decaf, noted.'),
    ),
    on(
      27,
      '16:02',
      benSays('Rough is done. Inspector can come'),
      benSays('Who wired this in 1931 and was he all right'),
      me('He also liked apple cake, we think.'),
    ),
    on(
      13,
      '20:35',
      benSays('Look at this and tell me it’s haunted', { media: ['pendant.mp4'] }),
      me('Loose neutral?'),
      benSays('Loose neutral. But for a second there I believed'),
    ),
    on(8, '11:11', me('Invoice?'), benSays('👻'), benSays('Tomorrow')),
    on(
      1,
      '07:20',
      me('You called, are you OK? Painters are out, panel is taped off, nobody touched it.'),
      benSays(
        'All good now. Breaker 9 was feeding breaker 11 through the doorbell. I have questions for 1931',
      ),
      me('Put it on the invoice.'),
      benSays('I am going to frame it'),
    ),
    justNow(48, benSays('Power is on. Kettle works. Tested thoroughly ☕☕☕', { unread: true })),
  ],
};

const weiSays = speaker(wei);
const weiConversation: Script = {
  type: 'SMS',
  others: [wei],
  sessions: [
    on(
      33,
      '11:26',
      weiSays('您好！样品寄出了，一共十二种颜色，周四到。'),
      me('Thank you! Twelve is generous. How long from order to delivery?'),
      weiSays('海绿色大概三个星期。Sea green takes three weeks, the kiln is small 🙂'),
    ),
    on(
      19,
      '10:15',
      me('Sea green it is, 94 square feet for the shower, 10 % more for breakage.'),
      weiSays('好的，四十箱，同一批釉。颜色会有一点点深浅，像海一样。'),
      me('Like the sea. Perfect.'),
    ),
    on(
      3,
      '14:50',
      weiSays('出窑了！今天的颜色特别漂亮 🌊', { media: ['tile-samples.jpg'] }),
      me('They are wonderful. See you Friday.'),
      weiSays('星期五见！请帮我问候 Biscuit 🐕'),
    ),
  ],
};

const kenjiSays = speaker(kenji);
const kenjiConversation: Script = {
  type: 'SMS',
  others: [kenji],
  sessions: [
    on(
      21,
      '18:33',
      me('Kenji, a question about your plane: how do you get shavings that thin? Ours tear.'),
      kenjiSays('刃を研いで、木と話して、急がないこと。'),
      kenjiSays('Sharpen, talk to the wood, do not hurry. 15 microns on a good day.'),
      me('Tomás wants to frame one.'),
    ),
    on(
      4,
      '17:05',
      kenjiSays('階段の手すり、楽しみにしています。金曜日に伺います。'),
      me('You are welcome any time. We oil it on Saturday.'),
      kenjiSays('削り屑をお土産に持って行きますね 😊'),
    ),
  ],
};

const yaelSays = speaker(yael);
const yaelConversation: Script = {
  type: 'SMS',
  others: [yael],
  sessions: [
    on(
      15,
      '12:12',
      yaelSays('היי! מתי האור הכי יפה במטבח?'),
      me('Around four, when it comes through the west window.'),
      yaelSays('מעולה, אגיע ב-15:30 עם החצובה 📷'),
      me('Watch the third stair, the varnish is still soft.'),
    ),
    on(
      9,
      '19:44',
      yaelSays('התמונות מוכנות! הסיסמה היא lemon-tree: https://gallery.example/alder-street'),
      me('Number 7, with the dog looking out of the window. That is the one.'),
      yaelSays('ידעתי שתבחר אותה 😂'),
    ),
  ],
};

const dentistSays = speaker(dentist);
const dentistConversation: Script = {
  type: 'SMS',
  others: [dentist],
  sessions: [
    on(
      30,
      '09:00',
      dentistSays(
        'Dr. Quist: it has been six months. Reply 1 for mornings, 2 for afternoons, 3 if you would rather not say.',
      ),
    ),
    on(30, '09:06', me('2')),
    on(30, '09:07', dentistSays('Dr. Quist: Thursday 2:30 pm. Reply C to confirm.'), me('C')),
    on(
      3,
      '09:00',
      dentistSays('Dr. Quist: see you Thursday, 2:30 pm. Please floss, we can tell.', { unread: true }),
    ),
  ],
};

const deliverySays = speaker(deliveries);
const deliveryConversation: Script = {
  type: 'SMS',
  others: [deliveries],
  sessions: [
    on(
      40,
      '07:45',
      deliverySays('Your parcel (1 of 1) is out for delivery. Track it: https://parcels.example/t/7Q2L-0093'),
    ),
    on(40, '13:20', deliverySays('Delivered: porch. Photo: https://parcels.example/p/7Q2L-0093.jpg')),
    on(
      6,
      '08:01',
      deliverySays('Your parcel (1 of 2) is out for delivery. Track it: https://parcels.example/t/8KD1-2214'),
    ),
    on(6, '16:58', deliverySays('We missed you! A dog signed for your parcel.')),
    on(5, '09:30', deliverySays('Your parcel (2 of 2) has been delayed.', { deletedHoursAgo: 50 })),
  ],
};

export const tradeConversations: readonly Script[] = [
  jonasConversation,
  benConversation,
  weiConversation,
  kenjiConversation,
  yaelConversation,
  dentistConversation,
  deliveryConversation,
];
