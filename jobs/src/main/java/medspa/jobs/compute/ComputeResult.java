package medspa.jobs.compute;

import java.util.List;
import medspa.warehouse.lake.LakeState;

/**
 * What is valid after a computation.
 *
 * @param state the state of the lake
 * @param computed false if the lake already held all this and nothing was done
 * @param mended a sentence about each file that was damaged, and is made again
 */
public record ComputeResult(LakeState state, boolean computed, List<String> mended) {}
