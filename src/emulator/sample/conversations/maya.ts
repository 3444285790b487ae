import { maya } from '../people';
import { justNow, me, on, type Script, speaker } from '../script';

const she = speaker(maya);

/** The long one: a house, from the first hello to the last coat of oil. */
export const mayaConversation: Script = {
  type: 'SMS',
  others: [maya],
  sessions: [
    on(
      59,
      '09:12',
      she(
        'Hello, this is Maya Okafor. Eleanor Voss next door gave me your number. Do you take on small kitchens?',
      ),
      me('Hello Maya! We do. Small ones are the best ones. Where is it?'),
      she('18 Alder Street. The yellow house with the fence that leans'),
      me('I know that fence. Tuesday at nine, would that suit you?'),
      she('Tuesday at nine it is. I will make coffee ☕'),
    ),
    on(
      57,
      '08:51',
      me('Good morning, running five minutes late, there is a duck family on Larch Lane.'),
      she('Ducks go first. Coffee is warm'),
    ),
    on(
      56,
      '17:30',
      me(
        'Thank you for the tour. I keep thinking about that back wall. What is behind it, on the garden side?',
      ),
      she('Nothing! Weeds and a lemon tree in a pot. I carry it in every winter'),
      me('What if the kitchen went out to the lemon tree, instead of the lemon tree coming in?'),
      she('Oh'),
      she('OH'),
      she('Could it be a room?'),
      me('A small one. Nine feet. Glass on the south side, a bench.'),
      she('I need to sit down'),
    ),
    on(
      50,
      '12:05',
      me('First sketch of the plan. The orange bit is the new room.', { media: ['site-plan.png'] }),
      she('I have been looking at it for an hour. Where do the boots go?'),
      me('Under the bench. Drawers.'),
      she('You thought of the boots 🥲'),
    ),
    on(
      46,
      '19:02',
      she('Question from my sister: is there a way to see it in 3D?'),
      me('There is: https://plans.example/alder-street/garden-room?view=3d#bench — drag to turn it around.'),
      she('She has moved the bench twice. Please ignore her'),
      me('She is right about the second time, though.'),
    ),
    on(
      41,
      '10:20',
      me('The contract is in your mail. Read it slowly, call me about anything.'),
      she('Read it twice. "Everything that falls over because of us, we pick up." Is that legal language?'),
      me('It is ours.'),
      she('Signed!'),
    ),
    on(
      35,
      '07:15',
      me(
        'Big day. Tomás and the crew come at eight. The kitchen will look terrible by noon, please do not cry.',
      ),
      she('I have taken pictures of everything. Farewell, brown linoleum 🫡'),
    ),
    on(
      35,
      '15:48',
      me('We found a newspaper in the wall. 1931. There is a recipe for apple cake on the back.'),
      she('Do NOT throw it away'),
      me('It is on the window sill, under a brick, so Biscuit does not eat it.'),
      she('Who is Biscuit'),
      me('Site manager.', { media: ['biscuit.gif'] }),
      she('I would like to make an offer on the dog'),
      me('He is not part of the contract, sorry.'),
    ),
    on(
      34,
      '18:26',
      she('I baked it. The 1931 cake. It needs twice the apples'),
      me('We will be there at eight. For work. And cake.'),
    ),
    on(
      28,
      '11:33',
      me('The beam is in. You can walk from the sink to the lemon tree without opening a door.'),
      she('I just did it four times'),
      she('It is so bright in here. I did not know this house was bright'),
    ),
    on(
      24,
      '20:10',
      she(undefined, { media: ['site-sunset.jpg'] }),
      she('From the street, just now. I thought you should see what you are making'),
      me('That goes on the office wall. Thank you.'),
    ),
    on(
      20,
      '13:40',
      me(
        'Something less pretty: the county says eleven steps are one too few for the stair. We can squeeze in a twelfth, and it will be easier to climb. It moves the landing up by an inch and costs four days. I would rather tell you today than on Friday.',
      ),
      she('Is it safer with twelve?'),
      me('Gentler. My mother would like it better.'),
      she('Then twelve. My mother visits too'),
      me('Change order comes today. Number three. Sorry about the number.'),
    ),
    on(
      16,
      '09:05',
      she('A man with a beard has delivered a crate and refused coffee. Is that right?'),
      me('That is the nephew of Jonas. He only drinks tea. Are they all six there?'),
      she('Six windows and a door. I counted twice. They smell like a forest'),
      me('Please do not let anybody lean on them 🙏'),
      she('I have put a chair in front. And a sign. And the cat'),
    ),
    on(
      12,
      '16:20',
      me(
        'The kitchen now has windows. The chart you asked for is below. The stair is over, the tile is under, all in all we are four hundred to the good.',
        {
          media: ['budget.png'],
        },
      ),
      she('A builder who sends charts. My accountant sends his love ❤️📊'),
    ),
    on(
      9,
      '08:30',
      she('The neighbor on the other side asks if the dog could visit her as well'),
      me('He has Wednesdays free.'),
    ),
    on(
      6,
      '17:55',
      me('How do you find the stair?', { media: ['stair.jpg', 'site-plan.png'] }),
      she('I go up and come down again for no reason'),
      she('There is a dog on my stair'),
      me('He is testing it.'),
    ),
    on(
      3,
      '12:15',
      she('The cabinet people called, doors tomorrow!! 🎉🎉🎉'),
      me('Leave them in the wrapping until we are there, if you can bear it.'),
      she('I cannot promise anything'),
    ),
    on(2, '10:30', she('I opened one. Only the corner'), me('And?'), she('💚')),
    on(
      1,
      '18:05',
      me('Whiteboard for the last stretch. Green is done.', { media: ['whiteboard.jpg'] }),
      she('"Biscuit’s bath" has two exclamation marks and is not done'),
      me('It is the hardest part of the job.'),
    ),
    justNow(
      21,
      me('On our way with the oil for the counter. Windows open today, it smells of oranges for an hour.'),
      she('Door is open. There is cake. 1931, twice the apples', { unread: true }),
      she('Also: can the lemon tree move in already? 🍋', { unread: true }),
    ),
  ],
};
