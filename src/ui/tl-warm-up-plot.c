/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things are in the chart of a warm-up: numbers only. */
#include "tl-warm-up-chart.h"

#define N_TICKS    4
#define BAR_GAP    0.2    /* of the room of a day */
#define BAR_MIN_PX 1.0

/**
 * tl_warm_up_chart_get_tick:
 * @most: the most messages that are shown
 *
 * Returns: how many messages there are between two lines: the first of 1, 2, 5, 10 … that makes do
 *   with four of them
 */
guint
tl_warm_up_chart_get_tick (guint most)
{
  guint tick = 1;

  while ((guint64) tick * N_TICKS < most)
    {
      if ((guint64) tick * 2 * N_TICKS >= most)
        return tick * 2;
      if ((guint64) tick * 5 * N_TICKS >= most)
        return tick * 5;
      tick *= 10;
    }

  return tick;
}

/**
 * tl_warm_up_chart_get_top:
 * @most: the most messages that are shown
 *
 * Returns: the end of the scale: the line at or above @most, at least 1
 */
guint
tl_warm_up_chart_get_top (guint most)
{
  guint tick = tl_warm_up_chart_get_tick (most);

  return MAX (most + tick - 1, tick) / tick * tick;
}

/**
 * tl_warm_up_plot_find_day:
 * @plot: where bars are
 * @x: px
 *
 * Returns: the day that @x is in, from 0; -1 beside all
 */
int
tl_warm_up_plot_find_day (const TlWarmUpPlot *plot,
                          double              x)
{
  double part = (x - plot->left) / MAX (plot->width, 1);

  if (part < 0 || part >= 1)
    return -1;
  if (plot->mirrored)
    part = 1 - part;

  return (int) MIN ((guint) (part * plot->n_days), plot->n_days - 1);
}

/* As many as a bar stands for that ends at @y; none below the axis, and never more than fit. */
guint
tl_warm_up_plot_find_messages (const TlWarmUpPlot *plot,
                               double              y)
{
  double part = (plot->top + plot->height - y) / MAX (plot->height, 1);

  return (guint) (CLAMP (part, 0, 1) * plot->scale + 0.5);
}

/**
 * tl_warm_up_plot_get_bar:
 * @plot: where bars are
 * @day: which one, from 0
 * @messages: how many
 * @out_bar: (out): the bar; a day without messages has one that can be seen all the same
 */
void
tl_warm_up_plot_get_bar (const TlWarmUpPlot *plot,
                         guint               day,
                         guint               messages,
                         graphene_rect_t    *out_bar)
{
  double room = plot->width / plot->n_days;
  double height = MAX (plot->height * messages / plot->scale, BAR_MIN_PX);
  guint place = plot->mirrored ? plot->n_days - 1 - day : day;

  graphene_rect_init (out_bar, (float) (plot->left + (place + BAR_GAP / 2) * room),
                      (float) (plot->top + plot->height - height),
                      (float) MAX (room * (1 - BAR_GAP), BAR_MIN_PX), (float) height);
}
