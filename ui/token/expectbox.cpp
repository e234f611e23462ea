// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/expectbox.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qgridlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

ExpectBox::ExpectBox(QWidget* parent)
    : QWidget(parent),
      m_allowExpired(new QCheckBox(tr("Accept an expired token"))),
      m_allowWeakKeys(new QCheckBox(tr("Accept a weak key"))),
      m_problem(plainLabel())
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::small);
    grid->setVerticalSpacing(space::tiny);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_issuer = addField(grid, 0, 0, tr("Issuer (iss)"), "expectIssuer", QStringLiteral("https://id.example"));
    m_audience = addField(grid, 0, 1, tr("Audience (aud)"), "expectAudience", QStringLiteral("orders-api"));
    m_type = addField(grid, 1, 0, tr("Type (typ)"), "expectType", QStringLiteral("at+jwt"));
    m_required =
        addField(grid, 1, 1, tr("Claims that must be there"), "expectClaims", QStringLiteral("sub, scope"));
    m_nonce = addField(grid, 2, 0, tr("Nonce"), "expectNonce", {});
    m_leeway = addField(grid, 2, 1, tr("Leeway for clocks"), "expectLeeway", QStringLiteral("30s"));
    m_method =
        addField(grid, 3, 0, tr("Method of the request (DPoP)"), "expectMethod", QStringLiteral("POST"));
    m_url = addField(grid, 3, 1, tr("Address of the request (DPoP)"), "expectUrl",
                     QStringLiteral("https://api.example/x"));
    m_accessToken = addField(grid, 4, 0, tr("Access token (DPoP)"), "expectAccessToken", {});
    m_accessToken->setEchoMode(QLineEdit::Password);
    m_algorithms =
        addField(grid, 4, 1, tr("Allowed algorithms"), "expectAlgorithms", QStringLiteral("RS256, ES256"));
    m_time = addField(grid, 5, 0, tr("Judged at"), "expectTime", tr("now, or 2026-11-23T14:30:05Z"));
    m_payload = addField(grid, 5, 1, tr("Payload, where the token leaves it out"), "expectPayload", {});
    m_allowExpired->setObjectName(QStringLiteral("expectAllowExpired"));
    m_allowWeakKeys->setObjectName(QStringLiteral("expectAllowWeakKeys"));
    grid->addWidget(m_allowExpired, 12, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(m_allowWeakKeys, 12, 1, Qt::AlignLeft | Qt::AlignVCenter);
    setKind(m_problem, "bad");
    m_problem->setObjectName(QStringLiteral("expectProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    grid->addWidget(m_problem, 13, 0, 1, 2);
    for (const QCheckBox* box : {m_allowExpired, m_allowWeakKeys})
        connect(box, &QCheckBox::toggled, this, &ExpectBox::read);
}

QLineEdit* ExpectBox::addField(QGridLayout* grid, int row, int column, const QString& title,
                               const char* objectName, const QString& hint)
{
    auto* line = new QLineEdit;
    setNames(line, QLatin1String(objectName), title);
    line->setPlaceholderText(hint);
    QLabel* label = captionLabel(title);
    label->setBuddy(line);
    grid->addWidget(label, 2 * row, column);
    grid->addWidget(line, 2 * row + 1, column);
    connect(line, &QLineEdit::textChanged, this, &ExpectBox::read);
    return line;
}

void ExpectBox::read()
{
    ExpectTexts texts;
    texts.issuer = toUtf8(m_issuer->text());
    texts.audience = toUtf8(m_audience->text());
    texts.type = toUtf8(m_type->text());
    texts.required = toUtf8(m_required->text());
    texts.nonce = toUtf8(m_nonce->text());
    texts.leeway = toUtf8(m_leeway->text());
    texts.method = toUtf8(m_method->text());
    texts.url = toUtf8(m_url->text());
    texts.accessToken = Secret(toUtf8(m_accessToken->text()));
    texts.allowExpired = m_allowExpired->isChecked();
    texts.algorithms = toUtf8(m_algorithms->text());
    texts.time = toUtf8(m_time->text());
    texts.payload = toUtf8(m_payload->text());
    texts.allowWeakKeys = m_allowWeakKeys->isChecked();
    Result<inspect::Expectations> expectations = expectationsOf(texts);
    Result<Terms> terms = termsOf(texts);
    m_problem->setVisible(!expectations || !terms);
    if (!expectations || !terms)
        return m_problem->setText(
            toQString(visible(describe(expectations ? terms.error() : expectations.error()))));
    m_expectations = *std::move(expectations);
    m_terms = *std::move(terms);
    Q_EMIT changed();
}

} // namespace claimcheck::ui
