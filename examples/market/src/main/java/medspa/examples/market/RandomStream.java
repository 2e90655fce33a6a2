package medspa.examples.market;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of pseudo-random decisions that depends on nothing but its seed and purpose, so that
 * every location and every concern has its own and none shifts when another decides once more. A
 * purpose is part of every market that was ever made up: another word gives other exports.
 */
final class RandomStream {
  private final SplittableRandom random;

  private RandomStream(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The stream of that seed and purpose; the same arguments give the same decisions for ever. */
  static RandomStream of(long seed, String... purpose) {
    return new RandomStream(hash(seed, String.join("/", purpose)));
  }

  /** A 64-bit digest of the seed and text that is the same on every machine. */
  static long hash(long seed, String text) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** Spreads a number over 64 bits; neighbours get unrelated results. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** True with that probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number from low to high, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** An exponentially distributed number with that mean. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /** One of the options, all equally likely. */
  <T> T pick(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  /** The index of one of the weights, as likely as its weight. */
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
