/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-choice.h"

#include "tl-closures.h"
#include "tl-signin-words.h"

struct _TlSigninChoice
{
  TlSetupWidget   parent_instance;

  /* Template children, borrowed */
  GtkCheckButton *oauth_check;
  GtkCheckButton *app_password_check;
  GtkCheckButton *password_check;
};

G_DEFINE_FINAL_TYPE (TlSigninChoice, tl_signin_choice, TL_TYPE_SETUP_WIDGET)

static void
on_toggled (TlSigninChoice *self,
            GtkCheckButton *check)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
  const struct { GtkCheckButton *check; TlAuth auth; } ways[] = {
    { self->oauth_check, TL_AUTH_OAUTH2 },
    { self->app_password_check, TL_AUTH_APP_PASSWORD },
    { self->password_check, TL_AUTH_PASSWORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways) && setup != NULL; i++)
    {
      if (ways[i].check == check && gtk_check_button_get_active (check))
        tl_setup_set_auth (setup, ways[i].auth);
    }
}

static void
on_auth_changed (TlSigninChoice *self)
{
  TlAuth auth = tl_setup_get_auth (tl_setup_widget_get_setup (TL_SETUP_WIDGET (self)));

  gtk_check_button_set_active (auth == TL_AUTH_OAUTH2 ? self->oauth_check
                               : auth == TL_AUTH_APP_PASSWORD ? self->app_password_check
                                                              : self->password_check, TRUE);
}

static void
tl_signin_choice_setup_changed (TlSetupWidget *widget,
                                TlSetup       *setup)
{
  g_signal_connect_object (setup, "notify::auth", G_CALLBACK (on_auth_changed), widget,
                           G_CONNECT_SWAPPED);
  on_auth_changed (TL_SIGNIN_CHOICE (widget));
}

static void
tl_signin_choice_class_init (TlSigninChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlSetupWidgetClass *setup_widget_class = TL_SETUP_WIDGET_CLASS (klass);

  setup_widget_class->setup_changed = tl_signin_choice_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-signin-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSigninChoice, oauth_check);
  gtk_widget_class_bind_template_child (widget_class, TlSigninChoice, app_password_check);
  gtk_widget_class_bind_template_child (widget_class, TlSigninChoice, password_check);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_signin_choice_init (TlSigninChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
