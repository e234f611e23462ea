// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/stepsdialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qplaintextedit.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr QSize stepsSize(720, 560);
constexpr std::size_t longestStepBody = 16'384;

std::string fieldsOf(const http::Headers& headers)
{
    std::string text;
    for (const http::Header& header : headers)
        text += header.name + ": " + header.value + "\n";
    return text;
}

std::string bodyPart(const std::string& body)
{
    return body.empty() ? std::string() : "\n" + shortened(body, longestStepBody) + "\n";
}

std::string textOfStep(const archive::Record& step)
{
    std::string text = step.summary.method + " " + step.summary.url + "\n" + fieldsOf(step.requestHeaders) +
                       bodyPart(step.requestBody) + "\n";
    if (step.summary.status == 0)
        return text + step.error + "\n";
    return text + std::to_string(step.summary.status) + " " + step.reason + "\n" + fieldsOf(step.headers) +
           bodyPart(step.body);
}

} // namespace

QString stepsText(const std::vector<archive::Record>& steps)
{
    QString text;
    int number = 0;
    for (const archive::Record& step : steps)
        text += StepsDialog::tr("Step %1").arg(++number) + u'\n' +
                toQString(visible(textOfStep(step), LineEnds::Keep)) + u'\n';
    return text;
}

StepsDialog::StepsDialog(const QString& title, const std::vector<archive::Record>& steps, QWidget* parent,
                         const QString& preface)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("stepsDialog"));
    setWindowTitle(title);
    resize(stepsSize);
    auto* view = new QPlainTextEdit;
    insetText(view);
    view->setPlainText(preface.isEmpty() ? stepsText(steps) : QString(preface + u'\n' + stepsText(steps)));
    view->setReadOnly(true);
    view->setFont(monoFont());
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setNames(view, QStringLiteral("stepsText"), tr("Requests and answers"));
    QLabel* note = captionLabel(tr("Passwords, codes and tokens are left out."));
    QPushButton* close = pushButton(tr("Close"), QStringLiteral("closeSteps"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(view, 1);
    column->addWidget(note);
    column->addWidget(close, 0, Qt::AlignRight);
}

} // namespace claimcheck::ui
