package io.exai.provider.catalogue;

/**
 * Pictures that one question may show.
 *
 * @param bytes of one picture
 */
public record ImageLimits(int count, long bytes) {}
