/** Tests of budgets and amounts. */
@NullMarked
package io.exai.server.spending.budget;

import org.jspecify.annotations.NullMarked;
