/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-folder-names.h"

typedef struct
{
  const char *role;
  const char *names;  /* with | between them */
} RoleCase;

/* What data/folder-names.json says, written a second time by hand: no name changes sides unseen. */
static const RoleCase role_cases[] = {
  { "sent",
    "Sent|Sent Items|Sent Messages|Sent Mail|Sent-Mail|Gesendet|Gesendete Elemente|"
    "Gesendete Objekte|Gesendete Nachrichten|Messages envoyés|Éléments envoyés|Envoyés|"
    "Objets envoyés|Envoyé|Elementos enviados|Enviados|Correo enviado|Posta inviata|Inviati|"
    "Inviata|E-mails enviados|Itens enviados|Enviadas|Mensagens enviadas|Verzonden items|"
    "Verzonden|Verzonden berichten|Wysłane|Elementy wysłane|Отправленные|送信済みアイテム|"
    "送信済みメール|送信済み|已发送邮件|已发送|已傳送郵件|寄件備份|보낸 편지함|보낸편지함|"
    "Skickat|Skickade objekt|Sendt post|Sendt|Sendte elementer|Lähetetyt|Gönderilmiş Öğeler|"
    "Gönderilmiş Postalar|Gönderilen|Odeslaná pošta|Odeslané|Elküldött elemek|Elküldött|"
    "Надіслані|Trimise" },
  { "drafts",
    "Drafts|Draft|Entwürfe|Entwurf|Brouillons|Brouillon|Borradores|Borrador|Bozze|Rascunhos|"
    "Concepten|Wersje robocze|Kopie robocze|Черновики|下書き|草稿|草稿箱|임시 보관함|"
    "임시보관함|Utkast|Kladder|Kladde|Luonnokset|Taslaklar|Koncepty|Rozepsané|Piszkozatok|"
    "Чернетки|Ciorne" },
  { "junk",
    "Junk|Junk Email|Junk E-mail|Junk Mail|Junk-E-Mail|Spam|Bulk Mail|Bulk|Junkmail|"
    "Spamverdacht|Unerwünscht|Unerwünschte Werbung|Courrier indésirable|Indésirables|"
    "Pourriel|Correo no deseado|Posta indesiderata|Lixo Eletrônico|Lixo eletrónico|"
    "Correio Não Solicitado|Ongewenste e-mail|Wiadomości-śmieci|Нежелательная почта|Спам|"
    "迷惑メール|垃圾邮件|垃圾郵件|정크 메일|스팸함|Skräppost|Uønsket e-mail|Søppelpost|"
    "Roskaposti|Önemsiz E-posta|İstenmeyen|Nevyžádaná pošta|Levélszemét" },
  { "trash",
    "Trash|Bin|Deleted Items|Deleted Messages|Deleted|Papierkorb|Gelöscht|Gelöschte Elemente|"
    "Gelöschte Objekte|Corbeille|Éléments supprimés|Papelera|Elementos eliminados|Cestino|"
    "Posta eliminata|Lixeira|Lixo|Itens excluídos|Itens eliminados|Prullenbak|"
    "Verwijderde items|Kosz|Elementy usunięte|Корзина|Удаленные|Удалённые|ゴミ箱|"
    "削除済みアイテム|已删除邮件|已删除|垃圾桶|刪除的郵件|휴지통|지운 편지함|Papperskorgen|"
    "Borttaget|Borttagna objekt|Papirkurv|Slettet post|Slettede elementer|Roskakori|"
    "Poistetut|Çöp Kutusu|Silinmiş Öğeler|Koš|Odstraněná pošta|Törölt elemek|Kuka|Кошик|"
    "Coș de gunoi" },
  { "archive",
    "Archive|Archives|Archiv|Archivo|Archivio|Arquivo|Arquivo Morto|Archief|Archiwum|Архив|"
    "アーカイブ|存档|归档|封存|보관|Arkiv|Arkisto|Arşiv|Archívum" },
  { "all",
    "All Mail|Alle Nachrichten|Tous les messages|Todos|Tutti i messaggi|Tutti|"
    "Todos os e-mails|Todo o correio|Alle e-mail|Wszystkie|Вся почта|すべてのメール|所有邮件|"
    "所有郵件|전체보관함|Alla mail|Tüm Postalar" },
  { "flagged",
    "Starred|Markiert|Suivis|Destacados|Speciali|Com estrela|Met ster|Oznaczone gwiazdką|"
    "Помеченные|スター付き|已加星标|Stjärnmärkt|Yıldızlı" },
};

static void
test_roles (void)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (role_cases); i++)
    {
      g_auto(GStrv) names = g_strsplit (role_cases[i].names, "|", -1);

      for (gsize j = 0; names[j] != NULL; j++, n++)
        {
          g_autofree char *folded = g_utf8_casefold (names[j], -1);
          guint n_chars = 0;

          g_test_message ("%s", names[j]);
          g_assert_cmpstr (tl_folder_names_find_role (names[j], &n_chars), ==, role_cases[i].role);
          g_assert_cmpuint (n_chars, ==, (guint) g_utf8_strlen (folded, -1));
          g_assert_cmpstr (tl_folder_names_find_role (folded, NULL), ==, role_cases[i].role);
        }
    }
  /* And none more. */
  g_assert_cmpuint (tl_folder_names_get_n (), ==, n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/folder/names/roles", test_roles);

  return g_test_run ();
}
