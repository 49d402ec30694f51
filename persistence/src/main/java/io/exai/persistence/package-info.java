/** The markers and settings of what is on disk. */
@org.jspecify.annotations.NullMarked
package io.exai.persistence;
