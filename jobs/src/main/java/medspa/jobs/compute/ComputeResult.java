package medspa.jobs.compute;

import medspa.warehouse.lake.LakeState;

/**
 * What is valid after a computation.
 *
 * @param state the state of the lake
 * @param computed false if the lake already held all this and nothing was done
 */
public record ComputeResult(LakeState state, boolean computed) {}
