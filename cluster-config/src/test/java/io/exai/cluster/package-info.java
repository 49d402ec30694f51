/** Tests of how nodes meet. */
@org.jspecify.annotations.NullMarked
package io.exai.cluster;
