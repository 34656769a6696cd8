/**
 * A short text, written for the demo, with what is asked of it. Each list of choices begins with the right one; the second is the mistake that
 * is usual for its skill, the third is not in the text.
 */
export interface Passage {
  readonly text: string;
  readonly mainIdea: Choices;
  readonly inference: Choices;
  readonly word: string;
  readonly vocabulary: Choices;
  readonly claim: string;
  readonly evidence: Choices;
  readonly argument: Choices;
  readonly narrative: Choices;
  readonly clumsy: string;
  readonly revision: Choices;
}
type Choices = readonly [right: string, usualMistake: string, elsewhere: string];

export const passages: readonly Passage[] = [
  {
    text: 'The harbour froze in January, for the first time in forty years. Boats lay still between plates of ice. Every morning Ines walked out with a broom and a bucket of sand, so that the old people could reach the ferry office. Nobody had asked her to.',
    mainIdea: ['How Ines helped others in a hard winter', 'A bucket of sand', 'How ferries are built'],
    inference: ['Ines notices what others need', 'Ines works for the ferry office', 'The old people dislike the sea'],
    word: 'plates', vocabulary: ['flat pieces', 'dishes for eating', 'metal signs'],
    claim: 'Nobody made Ines do it.', evidence: ['“Nobody had asked her to.”', '“Boats lay still between plates of ice.”', '“The ferry left at noon.”'],
    argument: ['The town should sand its paths itself, because people depend on them', 'Ice is cold', 'Ferries should be free'],
    narrative: ['By somebody outside the story', 'By Ines herself', 'By an old passenger'],
    clumsy: 'It was cold, and the cold made it so that ice was there.', revision: ['It was so cold that ice formed.', 'It was cold, the cold made ice, there was ice.', 'The sun melted the ice.'],
  },
  {
    text: 'A beaver dam looks like a heap of sticks, but it works like a sponge. Behind it the stream spreads out and slows down. In spring it holds back floods; in August it still lets water through when other brooks are dry. Farmers below the dam have noticed.',
    mainIdea: ['How a beaver dam evens out the water of a stream', 'Sticks in a heap', 'What beavers eat in winter'],
    inference: ['Fields below the dam suffer less from drought', 'Farmers built the dam', 'Beavers are tame'],
    word: 'holds back', vocabulary: ['keeps from rushing on', 'remembers', 'carries uphill'],
    claim: 'A dam helps in dry months.', evidence: ['“in August it still lets water through”', '“A beaver dam looks like a heap of sticks”', '“Beavers sleep by day.”'],
    argument: ['Dams should be left standing, because they even out floods and droughts', 'Sticks are made of wood', 'Farms should be larger'],
    narrative: ['By somebody who explains', 'By a beaver', 'By a farmer’s child'],
    clumsy: 'The stream, it slows, and it spreads, the stream.', revision: ['The stream slows and spreads.', 'The stream it slows down and it spreads out.', 'The stream dries up.'],
  },
  {
    text: 'I had practised the piece for six weeks and could play it with my eyes shut. Then the hall went quiet, and my hands forgot everything. I stopped, breathed in, and began again from the second line. Afterwards a stranger thanked me for not running away.',
    mainIdea: ['Going on after a mistake', 'A quiet hall', 'Choosing an instrument'],
    inference: ['The stranger admired the courage', 'The stranger taught the piece', 'The hall was empty'],
    word: 'piece', vocabulary: ['a work of music', 'a part that broke off', 'a slice of cake'],
    claim: 'The player was well prepared.', evidence: ['“I had practised the piece for six weeks”', '“the hall went quiet”', '“The piano was out of tune.”'],
    argument: ['It is better to begin again than to leave, because people value that', 'Halls are quiet', 'Practice is useless'],
    narrative: ['By the player', 'By the stranger', 'By somebody who knows everyone’s thoughts'],
    clumsy: 'My hands, they forgot it all what I knew.', revision: ['My hands forgot everything I knew.', 'My hands they forgot all what I knew.', 'My hands remembered everything.'],
  },
  {
    text: 'Our street has two kinds of lamps. The old ones shine in all directions, also up into the sky. The new ones shine down only, and use a third of the power. Since they were changed on our side, my sister counts stars from her window. Across the road they still count lamps.',
    mainIdea: ['What is gained by lamps that shine down only', 'A sister at a window', 'How power is made'],
    inference: ['Old lamps make stars harder to see', 'The sister works with lamps', 'The new lamps are brighter than the moon'],
    word: 'kinds', vocabulary: ['sorts', 'friendly people', 'numbers'],
    claim: 'The new lamps save power.', evidence: ['“use a third of the power”', '“my sister counts stars from her window”', '“Lamps were invented long ago.”'],
    argument: ['The other side should change its lamps too: it saves power and gives back the night', 'Stars are far away', 'Streets should have no lamps'],
    narrative: ['By somebody who lives there', 'By a lamp maker', 'By the sister'],
    clumsy: 'The lamps what are new, they are using less.', revision: ['The new lamps use less power.', 'The lamps that are new they use less.', 'The new lamps use more power.'],
  },
  {
    text: 'The library lends more than books: drills, tents, a telescope, even cake tins. Last year the drill was out for 48 of 52 weeks. “Most drills in this town are used for ten minutes in their lives,” says Mr Okafor at the desk. “Ours has put up half the shelves on Mill Lane.”',
    mainIdea: ['Why it makes sense to lend things that are seldom used', 'Cake tins', 'How to put up shelves'],
    inference: ['Many people do not need a drill of their own', 'Mr Okafor owns every shelf on Mill Lane', 'The library sells drills'],
    word: 'out', vocabulary: ['lent to somebody', 'in the open air', 'out of order'],
    claim: 'The drill is in demand.', evidence: ['“the drill was out for 48 of 52 weeks”', '“The library lends more than books”', '“Drills are loud.”'],
    argument: ['Towns should lend tools, because most of them lie unused', 'A telescope is long', 'Books are out of date'],
    narrative: ['By a reporter', 'By Mr Okafor', 'By the drill'],
    clumsy: 'People they borrow, instead of that they buy it, the drill.', revision: ['People borrow the drill instead of buying one.', 'People they borrow the drill instead of that they buy it.', 'People buy a drill instead of borrowing one.'],
  },
  {
    text: 'When Grandfather told of the flood, he always began with the goat. It stood on the roof of the chapel, he said, and looked at the water as if it had been promised something better. Only much later did he tell how he himself had got across, holding on to a door.',
    mainIdea: ['How Grandfather told of a frightening time by way of something funny', 'A goat on a roof', 'How chapels are repaired'],
    inference: ['The flood was hard for him to speak of', 'He loved goats more than people', 'He could not swim'],
    word: 'got across', vocabulary: ['reached the other side', 'made himself understood', 'became angry'],
    claim: 'Grandfather was in danger himself.', evidence: ['“holding on to a door”', '“he always began with the goat”', '“The flood came in May.”'],
    argument: ['A story may begin with what is easy to tell, so that the rest can follow', 'Goats stand on roofs', 'Floods should be forbidden'],
    narrative: ['By a grandchild', 'By Grandfather', 'By the goat'],
    clumsy: 'He told it, the flood, and it was a goat there.', revision: ['When he told of the flood, there was always a goat.', 'He told the flood and it was a goat there.', 'He never spoke of the flood.'],
  },
  {
    text: 'Bread dough rises because yeast gives off gas. In a warm kitchen that takes an hour; in a cold one it may take all night. Bakers use this: slow dough tastes better, and they get to sleep. The gas does not care. It stretches the dough at its own pace.',
    mainIdea: ['What makes dough rise, and how warmth changes its pace', 'Bakers sleep', 'How ovens are heated'],
    inference: ['A baker may let dough rise in the cold on purpose', 'Yeast dies in the cold', 'Warm dough tastes best'],
    word: 'gives off', vocabulary: ['lets out', 'gives away for nothing', 'switches off'],
    claim: 'Cold slows the dough down.', evidence: ['“in a cold one it may take all night”', '“It stretches the dough”', '“Salt is added last.”'],
    argument: ['Let dough rise slowly, because it tastes better that way', 'Kitchens are warm', 'Bread is unhealthy'],
    narrative: ['By somebody who explains', 'By a baker about last night', 'By the yeast'],
    clumsy: 'The dough is rising since because of the gas.', revision: ['The dough rises because of the gas.', 'The dough rises since because of gas.', 'The gas rises because of the dough.'],
  },
  {
    text: 'The new girl sat at the end of our table and said nothing for three days. On the fourth she put a folded paper bird next to each of our trays. Mine was made from a bus timetable. Nobody knew what to say, so Luis asked how it was done, and she moved one chair closer.',
    mainIdea: ['How a first step was made towards becoming friends', 'A bus timetable', 'How to fold paper'],
    inference: ['The birds were her way of saying hello', 'She did not like Luis', 'She made the birds at home from books'],
    word: 'closer', vocabulary: ['nearer', 'more locked', 'later'],
    claim: 'The girl was shy at first.', evidence: ['“said nothing for three days”', '“Mine was made from a bus timetable”', '“The school had a pool.”'],
    argument: ['A question can open a door that a greeting cannot', 'Birds are made of paper', 'Schools should have longer tables'],
    narrative: ['By somebody at the table', 'By the new girl', 'By Luis'],
    clumsy: 'She was putting birds, one for each, them of paper.', revision: ['She put down a paper bird for each of us.', 'She was putting birds for each, them of paper.', 'She put away all the birds.'],
  },
  {
    text: 'Last spring the council planted forty trees along the main road. Twelve are dead. They were planted in May, in dry weather, and watered twice. Trees planted in November need almost no watering: rain does it. If the council waits until autumn, it can plant fewer trees and have more of them.',
    mainIdea: ['Trees should be planted when they are likely to live', 'Forty trees', 'Which trees grow fastest'],
    inference: ['Watering twice was not enough', 'The council dislikes trees', 'November is warmer than May'],
    word: 'fewer', vocabulary: ['a smaller number of', 'shorter', 'cheaper'],
    claim: 'Many of the trees did not live.', evidence: ['“Twelve are dead.”', '“rain does it”', '“The road was widened.”'],
    argument: ['Plant in autumn, because then rain does the watering', 'Twelve trees are dead', 'Roads need no trees'],
    narrative: ['By somebody who wants to convince', 'By a tree', 'By a member of the council about himself'],
    clumsy: 'If they will wait, then there would be more trees living.', revision: ['If they wait, more trees will live.', 'If they will wait, more trees would living.', 'If they wait, fewer trees will live.'],
  },
]; // prettier-ignore
