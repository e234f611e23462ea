// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cookies/cookiedialog.h>

#include <QtGui/qaction.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <base/time.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int dialogWidth = 480;

/// "1h" from now, or a time; none for an empty text.
Result<std::optional<Instant>> endOf(const QString& text, Instant now)
{
    const std::string typed = toUtf8(text.trimmed());
    if (typed.empty())
        return std::nullopt;
    if (const auto instant = parseInstant(typed))
        return instant;
    if (const auto span = parseDuration(typed))
        return now + *span;
    return failure(ErrorKind::Usage, "the cookie was not kept", "“" + visible(typed) + "” is no time",
                   "write 30m, 12h, or a time such as 2030-01-31T12:00:00Z, or nothing");
}

/// It can be looked at while it is typed.
void addReveal(QLineEdit* field)
{
    field->setEchoMode(QLineEdit::Password);
    QAction* reveal = field->addAction(icon(QStringLiteral("eye")), QLineEdit::TrailingPosition);
    reveal->setCheckable(true);
    reveal->setText(CookieDialog::tr("Show the value"));
    reveal->setToolTip(reveal->text());
    reveal->setObjectName(QStringLiteral("revealCookie"));
    QObject::connect(reveal, &QAction::toggled, field, [field, reveal](bool on) {
        field->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
        reveal->setIcon(icon(on ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    });
}

} // namespace

CookieDialog::CookieDialog(const std::optional<http::Cookie>& before, QWidget* parent)
    : QDialog(parent), m_before(before)
{
    setObjectName(QStringLiteral("cookieDialog"));
    setWindowTitle(before ? tr("Edit cookie") : tr("New cookie"));
    setMinimumWidth(dialogWidth);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(space::medium);
    form->setVerticalSpacing(space::small);
    makeFields(*form);
    m_problem = plainLabel();
    m_problem->setObjectName(QStringLiteral("cookieProblem"));
    m_problem->setWordWrap(true);
    setKind(m_problem, "bad");
    m_problem->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(makeButtons());
    if (before)
        fill(*before);
}

QLineEdit* CookieDialog::addField(QFormLayout& form, const QString& caption, const char* objectName,
                                  const QString& hint)
{
    auto* field = new QLineEdit;
    field->setFont(monoFont());
    field->setPlaceholderText(hint);
    setNames(field, QLatin1String(objectName), caption);
    form.addRow(caption, field);
    return field;
}

void CookieDialog::makeFields(QFormLayout& form)
{
    m_name = addField(form, tr("Name"), "cookieName", {});
    m_value = addField(form, tr("Value"), "cookieValue", {});
    addReveal(m_value);
    m_domain = addField(form, tr("Domain"), "cookieDomain", tr("api.example, or .example for all below it"));
    m_path = addField(form, tr("Path"), "cookiePath", QStringLiteral("/"));
    m_expires = addField(form, tr("Expires"), "cookieExpires", tr("With the program. Or 12h, or a time"));
    m_secure = new QCheckBox(tr("Secure: over TLS alone"));
    m_secure->setObjectName(QStringLiteral("cookieSecure"));
    m_httpOnly = new QCheckBox(tr("HttpOnly: no script of a browser may read it"));
    m_httpOnly->setObjectName(QStringLiteral("cookieHttpOnly"));
    form.addRow(QString(), m_secure);
    form.addRow(QString(), m_httpOnly);
}

void CookieDialog::fill(const http::Cookie& cookie)
{
    m_name->setText(toQString(cookie.name));
    m_value->setText(toQString(cookie.value));
    m_domain->setText(toQString(cookie.domain));
    m_path->setText(toQString(cookie.path));
    if (cookie.expires)
        m_expires->setText(toQString(formatUtc(*cookie.expires)));
    m_secure->setChecked(cookie.secure);
    m_httpOnly->setChecked(cookie.httpOnly);
}

QWidget* CookieDialog::makeButtons()
{
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelCookie"));
    QPushButton* keep = primaryButton(m_before ? tr("Change") : tr("Add"), QStringLiteral("keepCookie"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(keep, &QPushButton::clicked, this, &CookieDialog::keep);
    auto* part = new QWidget(this);
    QHBoxLayout* row = lineIn(part);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(keep);
    keep->setDefault(true); // not before it is in the dialog
    return part;
}

void CookieDialog::keep()
{
    const auto end = endOf(m_expires->text(), m_clock());
    if (!end)
        return say(end.error());
    http::Cookie cookie;
    cookie.name = toUtf8(m_name->text().trimmed());
    cookie.value = toUtf8(m_value->text());
    cookie.domain = toUtf8(m_domain->text().trimmed());
    cookie.path = m_path->text().isEmpty() ? "/" : toUtf8(m_path->text().trimmed());
    cookie.expires = *end;
    cookie.secure = m_secure->isChecked();
    cookie.httpOnly = m_httpOnly->isChecked();
    Q_EMIT kept(cookie);
}

void CookieDialog::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
}

void CookieDialog::say(const Error& problem)
{
    m_problem->setText(toQString(describe(problem)));
    m_problem->show();
}

} // namespace claimcheck::ui
