/** Files with wrong bytes. */
import type { Add } from './cases';
import { DAMAGE } from './differences';
import { codedPage } from './libtiff';
import { FAXES, plain } from './pictures';
import { putTogether } from './tiffParts';

/** The same numbers for the same seed, from 0 to below 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

export function addDamage(add: Add): void {
  const random = randomNumbers(20);
  // How much of what came before the damage is there depends on the inflater.
  for (const compression of FAXES.filter((each) => each !== 'zip'))
    for (let round = 0; round < 6; round++) {
      const of = codedPage(plain, '-c', compression, '-r', round % 2 === 0 ? '40' : '7');
      for (const block of of.blocks)
        for (let spot = 0; spot < 2; spot++)
          block[Math.floor(random() * block.length)] = Math.floor(random() * 256);
      add(
        DAMAGE,
        `${compression}, ${round % 2 === 0 ? 'one strip' : 'strips'}, ${round + 1}`,
        putTogether([of]),
      );
    }
}
